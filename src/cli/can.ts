import { InvalidArgumentError, Option } from 'commander'
import { AuthError, ExitCode, type ExitStatus, UsageError } from '../errors.ts'
import type { AuthSettings, Target, TokenTarget } from '../target/target.ts'
import { judgeClaims, judgeToken, type Operation, type Verdict } from '../target/verdict.ts'
import { listClaims, serializeClaims } from '../token/claims.ts'
import { action, type Cmd } from './command.ts'
import type { Conversation } from './conversation.ts'
import type { Edge } from './edge.ts'
import { ownOperands } from './operands.ts'
import { append, atOption } from './options.ts'
import { addServerAuthOptions, readServerAuth, type ServerAuthOptions } from './server-auth.ts'
import { chooseTarget, serverName, tokenTarget } from './target-option.ts'
import { readToken } from './token-input.ts'

interface Options extends ServerAuthOptions {
  readonly data?: unknown
  readonly claims?: string
  readonly prefix?: string
  readonly role?: string
  readonly matrix?: boolean
  readonly origin?: string
  readonly allowOrigin?: readonly string[]
  readonly jsonl?: boolean
  readonly at?: number
}

/** `can`: would the server let this token do this operation. */
export function can(command: Cmd, edge: Edge): void {
  command
    .usage('[options] KIND ID [TOKEN] [-- serve [flags]]')
    .option('--data <json>', 'the data of the operation instead of an id', parseJson)
    .option('--claims <json>', 'claims instead of a token, as if rightly signed', claimsText)
    .option('--prefix <prefix>', 'a token with this prefix instead of a token')
    .option('--role <role>', 'a token with this role instead of a token')
    .option('--matrix', 'every kind for every id given')
    .option('--origin <url>', 'what a browser page of this origin may do')
    .addOption(
      new Option(
        '--allow-origin <origin>',
        'an origin that CORS allows; may be repeated',
      ).argParser(append),
    )
    .addOption(new Option('--jsonl', 'judge many: JSON Lines on standard input, one answer a line'))
  addServerAuthOptions(command)
    .addOption(atOption())
    .example(
      'May a worker with this prefix create that promise',
      'resonate-auth can promise.create worker-10.job --prefix worker-1',
    )
    .example(
      'Everything a token may do to an id',
      'resonate-auth can --matrix worker-1.job @worker.jwt --publickey public.pem',
    )
    .action(action<[readonly string[]], Options>(edge, run))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidArgumentError('Expected JSON, e.g. \'{"id":"worker-1.job"}\'.')
  }
}

function claimsText(text: string): string {
  parseJson(text)
  return text
}

/** The operands by what they look like: a token is `-`, `@FILE` or a JWT; the rest are words. */
function sortOperands(operands: readonly string[]): {
  readonly words: readonly string[]
  readonly token: string | undefined
} {
  const isToken = (text: string): boolean =>
    text === '-' || text.startsWith('@') || /^ey[\w-]*\.[\w-]*\./.test(text)
  const tokens = operands.filter(isToken)
  if (tokens.length > 1) throw new UsageError('more than one token')
  return { words: operands.filter((text) => !isToken(text)), token: tokens[0] }
}

async function run(
  talk: Conversation,
  options: Options,
  given: readonly string[],
): Promise<ExitStatus> {
  const operands = ownOperands(talk, given[0], given.slice(1))
  if (options.jsonl === true) {
    if (operands.length > 0) throw new UsageError('--jsonl reads everything from standard input')
    const { answerCanLines } = await import('./can-lines.ts')
    return answerCanLines(talk, options)
  }
  if (options.origin !== undefined) {
    const { tellOrigin } = await import('./can-origin.ts')
    return tellOrigin(talk, options, options.origin)
  }
  const { words, token } = sortOperands(operands)
  const target = tokenTarget(await chooseTarget(talk, options))
  const judge = await readBearer(talk, options, target, token)
  return options.matrix === true
    ? tellMatrix(talk, target, judge, words)
    : tellOperation(talk, target, judge, operationOf(options, target, words))
}

function operationOf(options: Options, target: Target, words: readonly string[]): Operation {
  const [kind, id, ...more] = words
  if (kind === undefined)
    throw new UsageError('which operation?', {
      hints: ['give KIND ID, e.g. "promise.create worker-1.job", or --matrix with ids'],
    })
  if (more.length > 0)
    throw new UsageError('one KIND and one ID are judged', { hints: ['many: --matrix or --jsonl'] })
  if (id !== undefined && options.data !== undefined)
    throw new UsageError('an id and --data both say what the operation is about')
  return { kind, data: options.data ?? target.operationData(kind, id ?? '') }
}

/** Judges an operation for the bearer that the command line describes. */
type Judge = (operation: Operation) => Verdict

async function readBearer(
  talk: Conversation,
  options: Options,
  target: TokenTarget,
  token: string | undefined,
): Promise<Judge> {
  const described = describedClaims(options)
  if (described !== undefined) {
    if (token !== undefined) throw new UsageError('a token and described claims: give one of them')
    const settings = assumedSettings(options)
    const payload = new TextEncoder().encode(withExpiry(described, talk.now))
    return (operation) => judgeClaims(target, payload, settings, operation, talk.now)
  }
  const bytes = new TextEncoder().encode(await readToken(token, talk))
  const outcome = await readServerAuth(talk, options)
  if (!outcome.starts)
    throw new AuthError('ERR_NOTHING_TO_JUDGE', `the server would not start: ${outcome.message}`)
  return (operation) => judgeToken(target, bytes, outcome.server.settings, operation, talk.now)
}

/** The claims set that `--claims`, `--prefix` and `--role` describe; undefined when there is none of them. */
function describedClaims({ claims, prefix, role }: Options): string | undefined {
  if (claims !== undefined) {
    if (prefix !== undefined || role !== undefined)
      throw new UsageError('--claims already says the prefix and the role')
    return claims
  }
  if (prefix === undefined && role === undefined) return undefined
  return serializeClaims(
    listClaims({ ...(role !== undefined && { role }), ...(prefix !== undefined && { prefix }) }),
  )
}

/** Described claims are about what a bearer may do: without an expiry of their own they live for an hour. */
function withExpiry(claims: string, now: number): string {
  const value: unknown = JSON.parse(claims)
  const open = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!open || Object.hasOwn(value, 'exp')) return claims
  const rest = claims.trim().slice(1)
  return `{"exp":${now + 3600}${Object.keys(value).length === 0 ? '' : ','}${rest}`
}

function assumedSettings({ iss, aud }: Options): AuthSettings {
  // Described claims count as rightly signed; no key is asked.
  return { key: 'none', iss, aud }
}

async function tellOperation(
  talk: Conversation,
  target: Target,
  judge: Judge,
  operation: Operation,
): Promise<ExitStatus> {
  const verdict = judge(operation)
  const known = target.kinds.includes(operation.kind)
  if (!known)
    talk.warn(
      `${serverName(target)} has no operation "${operation.kind}"; it is judged as the server would judge it`,
    )
  const { describeCheckedVerdict, verdictMembers } = await import('../report/verdict.ts')
  const allowed = verdict.status === 200
  if (talk.json) {
    await talk.document('can/v1', {
      target: serverName(target),
      ...operation,
      decision: allowed ? 'allow' : 'forbid',
      ...verdictMembers(verdict),
      meaning: verdict.reason?.meaning ?? null,
      mending: verdict.reason?.mending ?? null,
      checks: verdict.checks,
      unprotected: restricted(verdict) ? target.unprotected : [],
    })
  } else {
    const { paintFor } = await import('./paint.ts')
    const head = `${allowed ? 'allowed' : 'forbidden'}: ${operation.kind} at ${serverName(target)}`
    await talk.product(describeCheckedVerdict(head, verdict, await paintFor(talk, 'stdout')))
    if (restricted(verdict))
      for (const hole of target.unprotected) talk.note(`a prefix does not protect: ${hole}`)
  }
  return allowed ? ExitCode.ok : ExitCode.no
}

/** Whether a prefix that is not empty limits the bearer. */
function restricted({ authority }: Verdict): boolean {
  return (
    authority !== undefined &&
    authority.role?.toLowerCase() !== 'admin' &&
    authority.prefix.kind === 'text' &&
    authority.prefix.text !== ''
  )
}

async function tellMatrix(
  talk: Conversation,
  target: Target,
  judge: Judge,
  ids: readonly string[],
): Promise<ExitStatus> {
  if (ids.length === 0) throw new UsageError('--matrix needs at least one id')
  const rows = target.kinds.map((kind) => ({
    kind,
    verdicts: ids.map((id) => judge({ kind, data: target.operationData(kind, id) })),
  }))
  if (talk.json)
    await talk.document('can/v1', {
      target: serverName(target),
      matrix: rows.map(({ kind, verdicts }) => ({
        kind,
        decisions: Object.fromEntries(
          verdicts.map(({ status }, index) => [
            ids[index] ?? '',
            status === 200 ? 'allow' : 'forbid',
          ]),
        ),
      })),
      unprotected: target.unprotected,
    })
  else {
    const { describeMatrix } = await import('../report/matrix.ts')
    const { paintFor } = await import('./paint.ts')
    await talk.product(describeMatrix(ids, rows, await paintFor(talk, 'stdout')))
    const [first] = rows.flatMap(({ verdicts }) => verdicts)
    if (first !== undefined && restricted(first))
      for (const hole of target.unprotected) talk.note(`a prefix does not protect: ${hole}`)
  }
  return ExitCode.ok
}
