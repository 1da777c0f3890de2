import { Option } from 'commander'
import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import { describeCheckedVerdict, headline, verdictMembers } from '../report/verdict.ts'
import type { AuthSettings, KeyLoad, Target } from '../target/target.ts'
import { judgeToken, type Operation, type Verdict } from '../target/verdict.ts'
import { action, addCommand, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import {
  answerLines,
  integerMember,
  type JsonRecord,
  type LineAnswer,
  textMember,
} from './jsonl.ts'
import { KeyCache } from './key-cache.ts'
import { onlyOperand } from './operands.ts'
import { atOption } from './options.ts'
import {
  addServerAuthOptions,
  readServerAuth,
  type ServerAuth,
  type ServerAuthOptions,
} from './server-auth.ts'
import { chooseTarget, serverName } from './target-option.ts'
import { readToken } from './token-input.ts'

interface Options extends ServerAuthOptions {
  readonly exact?: boolean
  readonly jsonl?: boolean
  readonly allowUnsigned?: boolean
  readonly at?: number
}

/** `verify`: would the server authenticate this token, and if not, why. */
export function verify(program: Cmd, edge: Edge): void {
  const command = addCommand(program, 'verify', 'tokens')
    .alias('validate')
    .description('would the server accept this token, and if not, why')
    .usage('[options] [token] [-- serve [flags]]')
    .argument('[token]', 'the token, @FILE, or - for standard input')
    .argument('[server...]', "the server's arguments, after --")
  addServerAuthOptions(command)
    .option('--exact', 'take every byte of the token as it is')
    .addOption(new Option('--jsonl', 'judge many: JSON Lines on standard input, one answer a line'))
    .option('--allow-unsigned', 'exit 0 also where the server checks no signature')
    .addOption(atOption())
    .example(
      'Judge a token as the server with public.pem does',
      'resonate-auth verify --publickey public.pem @worker.jwt',
    )
    .example(
      'Judge it as the server with this configuration does',
      'resonate-auth verify @worker.jwt',
    )
    .example(
      'Judge it a week from now',
      'resonate-auth verify --publickey public.pem --at 2026-12-02 @worker.jwt',
    )
    .action(action<[string | undefined, readonly string[]], Options>(edge, run))
}

async function run(
  talk: Conversation,
  options: Options,
  first: string | undefined,
  more: readonly string[],
): Promise<ExitStatus> {
  const operand = onlyOperand(talk, 'token', first, more)
  if (options.jsonl === true) return runLines(talk, options, operand)
  const token = await readToken(operand, talk, options.exact)
  const outcome = await readServerAuth(talk, options)
  if (!outcome.starts) return tellDeadServer(talk, outcome.message)
  const { server } = outcome
  const bytes = new TextEncoder().encode(token)
  const verdict = judgeToken(server.target, bytes, server.settings, undefined, talk.now)
  await tellVerdict(talk, server, verdict)
  if (verdict.status !== 200) return ExitCode.no
  return checkUnsigned(talk, server, options)
}

async function tellDeadServer(talk: Conversation, message: string): Promise<ExitStatus> {
  if (talk.json)
    await talk.document('verify/v1', {
      starts: false,
      authenticated: false,
      status: null,
      reason: null,
      claim: null,
      log: message,
    })
  else await talk.product(`rejected: the server would not start with this key\nlog: ${message}\n`)
  return ExitCode.no
}

async function tellVerdict(
  talk: Conversation,
  server: ServerAuth,
  verdict: Verdict,
): Promise<void> {
  const who = serverName(server.target)
  if (talk.json) {
    await talk.document('verify/v1', {
      target: who,
      publickey: server.keyName,
      starts: true,
      ...verdictMembers(verdict),
      meaning: verdict.reason?.meaning ?? null,
      mending: verdict.reason?.mending ?? null,
      checks: verdict.checks,
    })
    return
  }
  const { paintFor } = await import('./paint.ts')
  const head = headline(verdict, `${who} with ${server.keyName}`)
  await talk.product(describeCheckedVerdict(head, verdict, await paintFor(talk, 'stdout')))
}

function checkUnsigned(
  talk: Conversation,
  { settings }: ServerAuth,
  { allowUnsigned }: Options,
): ExitStatus {
  if (settings !== undefined && settings.key !== 'none') return ExitCode.ok
  talk.warn('this server checks no signature: anybody can write such a token')
  if (allowUnsigned === true) return ExitCode.ok
  talk.note('hint: exit status 1 for that reason; --allow-unsigned makes it 0')
  return ExitCode.no
}

/** The flags that take a member away from the lines. */
const FIXABLE = ['publickey', 'key', 'iss', 'aud', 'at', 'target'] as const

async function runLines(
  talk: Conversation,
  options: Options,
  operand: string | undefined,
): Promise<ExitStatus> {
  if (operand !== undefined && operand !== '-')
    throw new UsageError('--jsonl reads the tokens from standard input, not from an argument')
  const target = await chooseTarget(talk, options)
  const fixedServer =
    options.publickey === undefined && options.key === undefined
      ? undefined
      : await readServerAuth(talk, options)
  const keys = new KeyCache(talk)
  const fixed = FIXABLE.filter((name) => options[name] !== undefined).map(
    (name) => [name === 'key' ? 'publickey' : name, `--${name}`] as const,
  )
  const judgeLine = (record: JsonRecord, load: KeyLoad | 'none' | undefined): LineAnswer =>
    answerLine(record, target, load, options, talk.now)
  return answerLines(talk, {
    fixed: new Map(fixed),
    answer: (record) => {
      if (fixedServer !== undefined) return judgeLine(record, fixedLoad(fixedServer))
      const load = keys.find(target, textMember(record, 'publickey'))
      return load instanceof Promise
        ? load.then((loaded) => judgeLine(record, loaded))
        : judgeLine(record, load)
    },
  })
}

function fixedLoad(
  outcome: Awaited<ReturnType<typeof readServerAuth>>,
): KeyLoad | 'none' | undefined {
  if (!outcome.starts)
    return { starts: false, exit: 1, message: outcome.message.replace(/^Fatal: /, '') }
  const key = outcome.server.settings?.key
  return key === undefined || key === 'none' ? key : { starts: true, key }
}

function answerLine(
  record: JsonRecord,
  target: Target,
  load: KeyLoad | 'none' | undefined,
  options: Options,
  now: number,
): LineAnswer {
  const head = record['id'] === undefined ? {} : { id: record['id'] }
  if (load !== undefined && load !== 'none' && !load.starts)
    return {
      members: {
        ...head,
        starts: false,
        authenticated: false,
        status: null,
        reason: null,
        claim: null,
        log: `Fatal: ${load.message}`,
      },
      no: true,
    }
  const settings: AuthSettings | undefined =
    load === undefined
      ? undefined
      : {
          key: load === 'none' ? 'none' : load.key,
          iss: options.iss ?? textMember(record, 'iss'),
          aud: options.aud ?? textMember(record, 'aud'),
        }
  const token = textMember(record, 'token')
  const verdict = judgeToken(
    target,
    token === undefined ? undefined : Buffer.from(token),
    settings,
    operationOf(record),
    options.at ?? integerMember(record, 'at') ?? now,
  )
  return {
    members: { ...head, starts: true, ...verdictMembers(verdict) },
    no: verdict.status !== 200,
  }
}

function operationOf(record: JsonRecord): Operation | undefined {
  const kind = textMember(record, 'kind')
  if (kind !== undefined) return { kind, data: record['data'] ?? {} }
  if (record['data'] !== undefined) throw new AuthError('ERR_INPUT_FORM', '"data" without "kind"')
  return undefined
}
