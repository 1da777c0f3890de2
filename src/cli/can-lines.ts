import { AuthError, type ExitStatus, UsageError } from '../errors.ts'
import { logText } from '../report/verdict.ts'
import type { AuthSettings, TokenTarget } from '../target/target.ts'
import { judgeClaims, judgeToken, type Operation, type Verdict } from '../target/verdict.ts'
import { readMembers } from '../token/claims.ts'
import type { Conversation } from './conversation.ts'
import {
  answerLines,
  type Bulk,
  fixedMembers,
  integerMember,
  type JsonRecord,
  type LineAnswer,
  refuseFixed,
  textMember,
} from './jsonl.ts'
import { KeyCache, startedKey } from './key-cache.ts'
import { lineTarget, TargetCache } from './line-target.ts'
import type { ServerAuthOptions } from './server-auth.ts'
import { tokenTarget } from './target-option.ts'

/** The options of `can --jsonl` as commander gives them. */
export interface CanLinesOptions extends ServerAuthOptions {
  readonly data?: unknown
  readonly claims?: string
  readonly prefix?: string
  readonly role?: string
  readonly at?: number
}

/** The flags that take a member away from the lines. */
const FIXABLE = ['publickey', 'iss', 'aud', 'at', 'target'] as const

/** `can --jsonl`: one decision a line for `{id, token|claims, kind, data, publickey, iss, aud, at, target}`. */
export async function answerCanLines(
  talk: Conversation,
  options: CanLinesOptions,
): Promise<ExitStatus> {
  for (const name of ['data', 'claims', 'prefix', 'role', 'key'] as const)
    if (options[name] !== undefined)
      throw new UsageError(`--${name} does not go with --jsonl: each line brings its own`)
  return answerLines(talk, 'can', options, canBulk(talk, options))
}

/** How `can --jsonl` answers a line. */
export function canBulk(talk: Conversation, options: CanLinesOptions): Bulk {
  const keys = new KeyCache(talk)
  const targets = new TargetCache(talk)
  const fixed = fixedMembers(options, FIXABLE)
  return {
    check: (record, line) => refuseFixed(fixed, record, line),
    answer: async (record, text) => {
      const target = tokenTarget(await targets.find(options.target?.id ?? lineTarget(record)))
      return answerLine(record, text, target, options, keys, talk.now)
    },
  }
}

async function answerLine(
  record: JsonRecord,
  text: string,
  target: TokenTarget,
  options: CanLinesOptions,
  keys: KeyCache,
  now: number,
): Promise<LineAnswer> {
  const operation: Operation = {
    kind: textMember(record, 'kind') ?? '',
    data: record['data'] ?? {},
  }
  const at = options.at ?? integerMember(record, 'at') ?? now
  const names = {
    iss: options.iss ?? textMember(record, 'iss'),
    aud: options.aud ?? textMember(record, 'aud'),
  }
  const claims = claimsOf(record, text)
  if (claims !== undefined)
    return decided(
      judgeClaims(target, Buffer.from(claims), { key: 'none', ...names }, operation, at),
    )
  const load = await keys.find(target, options.publickey ?? textMember(record, 'publickey'))
  const key = startedKey(load)
  const settings: AuthSettings | undefined = key === undefined ? undefined : { key, ...names }
  const token = textMember(record, 'token')
  const bytes = token === undefined ? undefined : Buffer.from(token)
  return decided(judgeToken(target, bytes, settings, operation, at))
}

/** The JSON text of the line's `claims`, so that no number loses digits. */
function claimsOf(record: JsonRecord, text: string): string | undefined {
  if (record['claims'] === undefined) return undefined
  if (record['token'] !== undefined)
    throw new AuthError('ERR_INPUT_FORM', '"token" and "claims" in one line')
  const members = readMembers(text)
  return members.ok ? members.claims.findLast(({ name }) => name === 'claims')?.json : undefined
}

function decided({ status, reason, log }: Verdict): LineAnswer {
  const allowed = status === 200
  return {
    members: {
      decision: allowed ? 'allow' : 'forbid',
      status,
      reason: reason?.id ?? null,
      log: log === undefined ? null : logText(log),
    },
    no: !allowed,
  }
}
