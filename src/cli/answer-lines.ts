import { AuthError, type ExitStatus, UsageError } from '../errors.ts'
import { answerMembers } from '../report/answer.ts'
import type { HttpHeader, HttpRequest, RequestServer } from '../target/request.ts'
import type { Target } from '../target/target.ts'
import type { TargetId } from '../target/targets.ts'
import { type RequestOptions, refuseRequestFlags } from './answer-request.ts'
import {
  type AnswerServerOptions,
  argumentServer,
  configuredServer,
  requestJudge,
} from './answer-server.ts'
import type { Conversation } from './conversation.ts'
import {
  answerLines,
  type Bulk,
  fixedMembers,
  integerMember,
  isRecord,
  type JsonRecord,
  refuseFixed,
  textMember,
} from './jsonl.ts'
import { KeyCache, startedKey } from './key-cache.ts'
import { lineTarget, TargetCache } from './line-target.ts'
import { serverName } from './target-option.ts'

/** The options of `answer --jsonl` as commander gives them. */
export interface AnswerLinesOptions extends AnswerServerOptions, RequestOptions {
  readonly at?: number
}

/** Members of a line's `server` for which there are flags, too. */
const SERVER_FLAGS: readonly {
  readonly member: string
  readonly option: keyof AnswerServerOptions
  readonly flag: string
}[] = [
  { member: 'publickey', option: 'publickey', flag: '--publickey' },
  { member: 'iss', option: 'iss', flag: '--iss' },
  { member: 'aud', option: 'aud', flag: '--aud' },
  { member: 'debug', option: 'debug', flag: '--debug' },
  { member: 'config', option: 'config', flag: '--config' },
  { member: 'allow_origins', option: 'allowOrigin', flag: '--allow-origin' },
]

/** `answer --jsonl`: one answer a line for `{id, at, target, server, request}`. */
export async function answerRequestLines(
  talk: Conversation,
  options: AnswerLinesOptions,
): Promise<ExitStatus> {
  refuseRequestFlags(options)
  if (options.key !== undefined || options.authOff !== undefined)
    throw new UsageError(
      '--key and --auth-off do not go with --jsonl: use --publickey, or no server',
    )
  return answerLines(talk, 'answer', options, answerBulk(talk, options))
}

/** How `answer --jsonl` answers a line. */
export function answerBulk(talk: Conversation, options: AnswerLinesOptions): Bulk {
  const servers = new ServerCache(talk, options)
  const fixed = fixedMembers(options, ['at', 'target'])
  const given = SERVER_FLAGS.filter(({ option }) => options[option] !== undefined)
  const fixedServer = new Map(given.map(({ member, flag }) => [member, flag]))
  const flags = Object.fromEntries(given.map(({ member, option }) => [member, options[option]]))
  return {
    check: (record, line) => {
      refuseFixed(fixed, record, line)
      const server = describedServer(record)
      if (isRecord(server)) refuseFixed(fixedServer, server, line)
    },
    answer: async (record) => {
      const serve = await servers.find({ ...serverMembers(record), ...flags }, record)
      const answer = serve(requestOf(record), options.at ?? integerMember(record, 'at') ?? talk.now)
      return { members: answerMembers(answer), no: answer.outcome === 'refused' }
    },
  }
}

/** The servers that lines describe, each made once. */
class ServerCache {
  readonly #talk: Conversation
  readonly #options: AnswerLinesOptions
  readonly #keys: KeyCache
  readonly #targets: TargetCache
  readonly #servers = new Map<string, Promise<RequestServer>>()

  constructor(talk: Conversation, options: AnswerLinesOptions) {
    this.#talk = talk
    this.#options = options
    this.#keys = new KeyCache(talk)
    this.#targets = new TargetCache(talk)
  }

  find(members: JsonRecord, record: JsonRecord): Promise<RequestServer> {
    const id = this.#options.target?.id ?? lineTarget(record)
    const name = JSON.stringify([id, members])
    const known = this.#servers.get(name) ?? this.#start(id, members)
    this.#servers.set(name, known)
    return known
  }

  async #start(id: TargetId | undefined, members: JsonRecord): Promise<RequestServer> {
    const config = textMember(members, 'config')
    if (config !== undefined) {
      const options = { config, ...(id !== undefined && { target: { id } }) }
      return (await configuredServer(this.#talk, options)).serve
    }
    const target = await this.#targets.find(id)
    const args = textsMember(members, 'args')
    return args.length > 0 ? this.#run(target, members, args) : this.#serve(target, members)
  }

  /** The server started here with its own arguments, those after `serve`. */
  async #run(target: Target, members: JsonRecord, args: readonly string[]): Promise<RequestServer> {
    const publickey = textMember(members, 'publickey')
    const flag = target.publickeyFlag
    if (publickey !== undefined && flag === undefined)
      throw new AuthError('ERR_INPUT_FORM', `${serverName(target)} has no flag for "publickey"`)
    const key = publickey === undefined || flag === undefined ? [] : [flag, publickey]
    return argumentServer(this.#talk, target, ['serve', ...key, ...args])
  }

  async #serve(target: Target, members: JsonRecord): Promise<RequestServer> {
    const key = startedKey(await this.#keys.find(target, textMember(members, 'publickey')))
    const names = { iss: textMember(members, 'iss'), aud: textMember(members, 'aud') }
    return (await requestJudge(target)).serve({
      auth: key === undefined ? undefined : { key, ...names },
      debug: members['debug'] === true,
      origins: textsMember(members, 'allow_origins'),
    })
  }
}

/** The line's `server`; a text is the name of its configuration file. */
function describedServer(record: JsonRecord): unknown {
  const server = record['server'] ?? {}
  return typeof server === 'string' ? { config: server } : server
}

function serverMembers(record: JsonRecord): JsonRecord {
  const members = describedServer(record)
  if (!isRecord(members)) throw new AuthError('ERR_INPUT_FORM', '"server" is not an object')
  return members
}

/** The line's `request`; its body as `body` (text), `body_base64`, or `body_parts` ([[text, count], …]). */
function requestOf(record: JsonRecord): HttpRequest {
  const request = record['request']
  if (!isRecord(request)) throw new AuthError('ERR_INPUT_FORM', '"request" is not an object')
  const listener = textMember(request, 'listener') ?? integerMember(request, 'port')?.toString()
  return {
    method: textMember(request, 'method') ?? 'GET',
    path: textMember(request, 'path') ?? '/',
    headers: headersOf(request['headers'] ?? []),
    body: bodyOf(request),
    ...(listener !== undefined && { listener }),
  }
}

function headersOf(headers: unknown): readonly HttpHeader[] {
  const pairs: readonly unknown[] = Array.isArray(headers)
    ? headers
    : isRecord(headers)
      ? Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
      : [undefined]
  return pairs.map((pair) => {
    const [name, value]: readonly unknown[] = Array.isArray(pair) ? pair : []
    if (typeof name === 'string' && typeof value === 'string') return [name, value]
    throw new AuthError('ERR_INPUT_FORM', '"headers" is not a list of [name, value] pairs')
  })
}

function bodyOf(request: JsonRecord): Uint8Array {
  const given = ['body', 'body_base64', 'body_parts'].filter(
    (name) => (request[name] ?? undefined) !== undefined,
  )
  if (given.length > 1)
    throw new AuthError('ERR_INPUT_FORM', `"${given.join('" and "')}" both give the body`)
  const base64 = textMember(request, 'body_base64')
  if (base64 !== undefined) return Buffer.from(base64, 'base64')
  const parts = request['body_parts'] ?? undefined
  if (parts !== undefined) return Buffer.concat(partsOf(parts))
  return Buffer.from(textMember(request, 'body') ?? '')
}

/** More than any server reads of a body. */
const BODY_LIMIT = 64 * 1024 * 1024

function partsOf(parts: unknown): readonly Buffer[] {
  let size = 0
  return [parts].flat().map((part) => {
    const [text, count]: readonly unknown[] = Array.isArray(part) ? part : []
    if (
      typeof text !== 'string' ||
      typeof count !== 'number' ||
      !Number.isInteger(count) ||
      count < 0
    )
      throw new AuthError('ERR_INPUT_FORM', '"body_parts" is not a list of [text, count] pairs')
    size += text.length * count
    if (size > BODY_LIMIT)
      throw new AuthError('ERR_INPUT_LIMIT', `"body_parts" make more than ${BODY_LIMIT} characters`)
    return Buffer.from(text.repeat(count))
  })
}

function textsMember(record: JsonRecord, name: string): readonly string[] {
  const value = record[name] ?? []
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value
  throw new AuthError('ERR_INPUT_FORM', `"${name}" is not a list of strings`)
}
