import { AuthError } from '../errors.ts'
import { verdictMembers } from '../report/verdict.ts'
import type { AuthSettings, KeyLoad, Target } from '../target/target.ts'
import { judgeToken, type Operation } from '../target/verdict.ts'
import type { Conversation } from './conversation.ts'
import {
  type Bulk,
  fixedMembers,
  integerMember,
  type JsonRecord,
  type LineAnswer,
  textMember,
} from './jsonl.ts'
import { KeyCache } from './key-cache.ts'
import { loadNamedKey } from './server-auth.ts'
import { chooseTarget } from './target-option.ts'
import type { VerifyOptions } from './verify.ts'

/** The flags that take a member away from the lines. */
const FIXABLE = ['publickey', 'key', 'iss', 'aud', 'at', 'target'] as const

/** How `verify --jsonl` answers `{id, token, publickey, iss, aud, at, kind, data}`. */
export async function verifyBulk(talk: Conversation, options: VerifyOptions): Promise<Bulk> {
  const target = await chooseTarget(talk, options)
  const named = await loadNamedKey(talk, options)
  const keys = new KeyCache(talk)
  const judgeLine = (record: JsonRecord, load: KeyLoad | 'none' | undefined): LineAnswer =>
    answerLine(record, target, load, options, talk.now)
  return {
    fixed: fixedMembers(options, FIXABLE),
    answer: (record) => {
      if (named !== undefined) return judgeLine(record, named.load)
      const load = keys.find(target, textMember(record, 'publickey'))
      return load instanceof Promise
        ? load.then((loaded) => judgeLine(record, loaded))
        : judgeLine(record, load)
    },
  }
}

function answerLine(
  record: JsonRecord,
  target: Target,
  load: KeyLoad | 'none' | undefined,
  options: VerifyOptions,
  now: number,
): LineAnswer {
  if (load !== undefined && load !== 'none' && !load.starts)
    return {
      members: {
        starts: false,
        authenticated: false,
        status: null,
        reason: null,
        claim: null,
        log: `${target.tokens?.failurePrefix ?? ''}${load.message}`,
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
    members: { starts: true, ...verdictMembers(verdict) },
    no: verdict.status !== 200,
  }
}

function operationOf(record: JsonRecord): Operation | undefined {
  const kind = textMember(record, 'kind')
  if (kind !== undefined) return { kind, data: record['data'] ?? {} }
  if (record['data'] !== undefined) throw new AuthError('ERR_INPUT_FORM', '"data" without "kind"')
  return undefined
}
