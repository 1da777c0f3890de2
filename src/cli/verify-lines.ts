import { AuthError } from '../errors.ts'
import { verdictMembers } from '../report/verdict.ts'
import type { AuthSettings, KeyLoad, Target, TokenTarget } from '../target/target.ts'
import { judgeToken, type Operation } from '../target/verdict.ts'
import type { Conversation } from './conversation.ts'
import {
  type Bulk,
  fixedMembers,
  integerMember,
  type JsonRecord,
  type LineAnswer,
  refuseFixed,
  textMember,
} from './jsonl.ts'
import { KeyCache } from './key-cache.ts'
import { lineTarget, TargetCache } from './line-target.ts'
import { type LoadedKey, loadNamedKey } from './server-auth.ts'
import { chooseTarget, tokenTarget } from './target-option.ts'
import type { VerifyOptions } from './verify.ts'

/** The flags that take a member away from the lines. */
const FIXABLE = ['publickey', 'key', 'iss', 'aud', 'at', 'target'] as const

/** How `verify --jsonl` answers `{id, token, publickey, iss, aud, at, kind, data, target}`. */
export async function verifyBulk(talk: Conversation, options: VerifyOptions): Promise<Bulk> {
  const usual = await chooseTarget(talk, options)
  if (options.target !== undefined) tokenTarget(usual)
  const targets = new TargetCache(talk)
  const keys = await lineKeys(talk, options, usual)
  const judge = (record: JsonRecord, by: Target): LineAnswer | Promise<LineAnswer> => {
    const target = tokenTarget(by)
    const load = keys(record, target)
    return load instanceof Promise
      ? load.then((loaded) => answerLine(record, target, loaded, options, talk.now))
      : answerLine(record, target, load, options, talk.now)
  }
  const fixed = fixedMembers(options, FIXABLE)
  return {
    check: (record, line) => refuseFixed(fixed, record, line),
    answer: (record) => {
      const id = lineTarget(record)
      if (id === undefined) return judge(record, usual)
      return targets.find(id).then((target) => judge(record, target))
    },
  }
}

type Load = LoadedKey['load']

/** The key that judges a line: that of the flags as the line's target loads it, else the line's own. */
async function lineKeys(
  talk: Conversation,
  options: VerifyOptions,
  usual: Target,
): Promise<(record: JsonRecord, target: Target) => Load | Promise<Load>> {
  const keys = new KeyCache(talk)
  const named = await loadNamedKey(talk, options, usual)
  if (named === undefined)
    return (record, target) => keys.find(target, textMember(record, 'publickey'))
  const loads = new Map<Target, Load | Promise<Load>>([[usual, named.load]])
  const loadFor = async (target: Target): Promise<Load> =>
    (await loadNamedKey(talk, options, target))?.load
  return (_record, target) => {
    const load = loads.has(target) ? loads.get(target) : loadFor(target)
    loads.set(target, load)
    return load
  }
}

function answerLine(
  record: JsonRecord,
  target: TokenTarget,
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
        log: `${target.tokens.failurePrefix}${load.message}`,
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
