import { closest, distance } from 'fastest-levenshtein'
import { ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import type { Target } from '../target/target.ts'
import { action, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { atOption } from './options.ts'
import { paintFor } from './paint.ts'
import {
  type AskedTarget,
  chooseTarget,
  serverName,
  targetOption,
  tokenTarget,
} from './target-option.ts'

interface Options {
  readonly target?: AskedTarget
}

/** `explain`: what a reason, a status, a line of the server's log, a token, an SDK or a rule means; JSON Schemas. */
export function explain(command: Cmd, edge: Edge): void {
  command
    .addOption(targetOption())
    .addOption(atOption())
    .example(
      "A line of the server's log",
      'resonate-auth explain "Auth rejected: token verification failed error=ExpiredSignature"',
    )
    .example('What a status can mean', 'resonate-auth explain 403')
    .example(
      'Where an SDK puts its token, and which prefix fits its ids',
      'resonate-auth explain sdk typescript',
    )
    .example('The JSON Schema of what verify --json prints', 'resonate-auth explain schema verify')
    .action(action<[readonly string[]], Options>(edge, run))
}

async function run(
  talk: Conversation,
  options: Options,
  words: readonly string[],
): Promise<ExitStatus> {
  const topic = await readTopic(talk, words)
  if (/^schemas?(?:\s+\S+)?$/i.test(topic)) {
    const { explainSchema } = await import('./explain-schema.ts')
    return explainSchema(talk, topic.split(/\s+/)[1])
  }
  const target = await chooseTarget(talk, options)
  if (topic === '') return listTopics(talk, target)
  if (/^sdks?\b/i.test(topic)) return explainSdk(talk, topic)
  if (/^RA\d+$/i.test(topic) || (await isRuleName(topic, target))) return explainRule(talk, topic)
  if (/^ey[\w-]*\.[\w-]*\./.test(topic)) return explainToken(talk, target, topic)
  return explainReasons(talk, target, topic)
}

/** Whether a rule is called so; a reason of that name comes first. */
async function isRuleName(topic: string, { reasons }: Target): Promise<boolean> {
  const name = topic.toLowerCase()
  if (!/^[a-z]+(?:-[a-z]+)+$/.test(name) || reasons.some(({ id }) => id === name)) return false
  const { findRule } = await import('../lint/registry.ts')
  return findRule(name) !== undefined
}

async function readTopic(talk: Conversation, words: readonly string[]): Promise<string> {
  const [first] = words
  if (first !== '-' && !(first === undefined && !talk.host.terminal.stdin))
    return words.join(' ').trim()
  return new TextDecoder().decode(await talk.readStdin('the topic', 1024 * 1024)).trim()
}

async function listTopics(talk: Conversation, target: Target): Promise<ExitStatus> {
  const { reasonMembers } = await import('../report/explanation.ts')
  const { SDKS } = await import('../target/sdk.ts')
  if (talk.json)
    await talk.document('explain/v1', {
      target: serverName(target),
      reasons: target.reasons.map(reasonMembers),
      sdks: SDKS,
    })
  else {
    const sdks = [...new Set(SDKS.map(({ sdk }) => sdk))]
    const width = Math.max(...target.reasons.map(({ id }) => id.length))
    const rows = target.reasons.map(
      ({ id, status, meaning }) => `  ${id.padEnd(width)}  ${status}  ${meaning}`,
    )
    await talk.product(
      `reasons of ${serverName(target)}\n${rows.join('\n')}\nSDKs: ${sdks.map((sdk) => `sdk ${sdk}`).join(', ')}\nalso: a status, a line of the server's log, a token, a rule such as RA101, schema\n`,
    )
  }
  return ExitCode.ok
}

async function explainSdk(talk: Conversation, topic: string): Promise<ExitStatus> {
  const { SDKS } = await import('../target/sdk.ts')
  const wanted = topic.split(/\s+/).slice(1).join(' ').toLowerCase()
  const name = SDK_NAMES[wanted] ?? wanted
  const rows = SDKS.filter(({ sdk }) => name === '' || sdk === name)
  if (rows.length === 0)
    throw new UsageError(`unknown SDK "${wanted}"`, {
      hints: [`known: ${[...new Set(SDKS.map(({ sdk }) => sdk))].join(', ')}`],
    })
  if (talk.json) await talk.document('explain/v1', { sdks: rows })
  else {
    const { describeSdk } = await import('../report/explanation.ts')
    const paint = await paintFor(talk, 'stdout')
    await talk.product(rows.map((row) => describeSdk(row, paint)).join('\n'))
  }
  return ExitCode.ok
}

const SDK_NAMES: Readonly<Record<string, string>> = {
  ts: 'typescript',
  js: 'typescript',
  javascript: 'typescript',
  node: 'typescript',
  py: 'python',
  rs: 'rust',
  golang: 'go',
}

async function explainToken(
  talk: Conversation,
  target: Target,
  token: string,
): Promise<ExitStatus> {
  const { decodeToken } = await import('../token/decode.ts')
  const { judgeClaims } = await import('../target/verdict.ts')
  const { describeToken } = await import('../report/decoded.ts')
  const { describeCheckedVerdict, verdictMembers } = await import('../report/verdict.ts')
  const decoded = decodeToken(token)
  const payload = new TextEncoder().encode(decoded.payload.text ?? '')
  const verdict = judgeClaims(tokenTarget(target), payload, { key: 'none' }, undefined, talk.now)
  if (talk.json)
    await talk.document('explain/v1', {
      target: serverName(target),
      ...verdictMembers(verdict),
      meaning: verdict.reason?.meaning ?? null,
      mending: verdict.reason?.mending ?? null,
      checks: verdict.checks,
    })
  else {
    const fine = verdict.status === 200
    const head = fine
      ? `the claims are fine for ${serverName(target)}, if the signature and the server's iss and aud fit`
      : `${serverName(target)} would answer ${verdict.status} even with a right signature`
    const text = describeCheckedVerdict(head, verdict, await paintFor(talk, 'stdout'))
    await talk.product(`${describeToken(decoded, talk.now)}\n${text}`)
  }
  talk.note('hint: the whole answer: "resonate-auth verify --publickey FILE" with this token')
  return ExitCode.ok
}

async function explainReasons(
  talk: Conversation,
  target: Target,
  topic: string,
): Promise<ExitStatus> {
  const { matchLogLine } = await import('../target/log-line.ts')
  const byId = target.reasons.filter(({ id }) => id === topic.toLowerCase())
  const byStatus = /^\d{3}$/.test(topic)
    ? target.reasons.filter(({ status }) => status === Number(topic))
    : []
  const rows =
    [byId, byStatus].find((found) => found.length > 0) ?? matchLogLine(topic, target.reasons)
  if (rows.length === 0) throw await unknownTopic(target, topic)
  const { describeReason, reasonMembers } = await import('../report/explanation.ts')
  if (talk.json)
    await talk.document('explain/v1', {
      target: serverName(target),
      reasons: rows.map(reasonMembers),
    })
  else {
    const paint = await paintFor(talk, 'stdout')
    const who = serverName(target)
    if (rows.length > 1) talk.note(`${rows.length} reasons look alike to the server:`)
    await talk.product(rows.map((row) => describeReason(row, who, paint)).join('\n'))
  }
  return ExitCode.ok
}

async function unknownTopic(target: Target, topic: string): Promise<UsageError> {
  const { quote } = await import('../lint/printable.ts')
  const near = closest(
    topic,
    target.reasons.map(({ id }) => id),
  )
  return new UsageError(`nothing is known of ${quote(topic)}`, {
    hints: [
      ...(distance(topic, near) <= 4 ? [`did you mean "${near}"?`] : []),
      'all topics: "resonate-auth explain"',
    ],
  })
}

async function explainRule(talk: Conversation, topic: string): Promise<ExitStatus> {
  const { findRule } = await import('../lint/registry.ts')
  const { describeRule, describedRuleMembers } = await import('../report/rule.ts')
  const rule = findRule(topic)
  if (rule === undefined)
    throw new UsageError(`no rule ${topic.toUpperCase()}`, {
      hints: ['all rules: "resonate-auth rules"'],
    })
  if (talk.json) await talk.document('explain/v1', { rule: describedRuleMembers(rule) })
  else await talk.product(describeRule(rule))
  return ExitCode.ok
}
