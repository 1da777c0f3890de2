import type { NumericDate } from '../../token/numeric-date.ts'
import { checkCron } from './cron.ts'
import { readCursor } from './cursor.ts'
import { parseBool } from './go-number.ts'
import { decodeUtf8, foldName, lowerGo, quoteGo } from './go-text.ts'
import type { GoValue } from './go-type.ts'
import { readJson } from './json.ts'
import { decodeGo, parseInt64 } from './json-decode.ts'
import { type BodyRule, OPERATIONS, type OperationRow } from './operations.ts'
import { FINAL_STATES } from './promise-state.ts'
import type { OperationName } from './routes.ts'
import { parseQuery } from './url.ts'

/** What is read from a request before anything looks at its token. */
export interface Incoming {
  readonly name: Exclude<OperationName, 'ping' | 'poll'>
  readonly method: string
  /** The path's variable parts, one character per byte. */
  readonly params: readonly string[]
  readonly query: string
  /** The first value of a header (canonical name), or undefined. */
  readonly header: (name: string) => string | undefined
  readonly body: Uint8Array
}

/** The operation's id as bytes, or why the request is malformed: `details` are the words sent to the client. */
export type Binding =
  | { readonly ok: true; readonly id: Uint8Array }
  | { readonly ok: false; readonly details: readonly string[]; readonly type: DetailType }
  /** The handler panics and the connection is closed. */
  | { readonly ok: 'panics' }

export type DetailType = 'FieldValidationError' | 'ServerError'

/** Reads headers, query and body as gin's bindings and the handlers do (v0.8.2 internal/app/subsystems/api/http). */
export function bindRequest(incoming: Incoming, at: NumericDate): Binding {
  const row = OPERATIONS[incoming.name]
  const fault = bindHeaders(incoming, row)
  if (fault !== undefined) return invalid(fault)
  if (incoming.name === 'searchPromises') return bindSearch(incoming, 'promises', at)
  if (incoming.name === 'searchSchedules') return bindSearch(incoming, 'schedules', at)
  if (row.body === undefined || incoming.method === 'GET') return bindPath(incoming, row)
  const read = readJson(incoming.body, false)
  if (!read.ok) return invalid(read.message)
  const decoded = decodeGo(incoming.body, read.node, row.body)
  if (!decoded.ok) return invalid(decoded.message)
  const { value } = decoded
  const broken = row.rules
    .map((rule) => breakRule(rule, value))
    .filter((text) => text !== undefined)
  if (broken.length > 0) return invalid(...broken)
  return bindBody(incoming, row, value)
}

function invalid(...details: readonly string[]): Binding {
  return { ok: false, details, type: 'FieldValidationError' }
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1')
}

function bindHeaders({ header }: Incoming, { headers }: OperationRow): string | undefined {
  for (const name of headers) {
    const value = header(name) ?? ''
    if (value === '') continue
    if (name === 'Strict' && parseBool(value) === undefined)
      return `strconv.ParseBool: parsing ${quoteGo(value)}: invalid syntax`
    const fault = name === 'Task-Counter' ? complainAboutInteger('ParseInt', value) : undefined
    if (fault !== undefined) return fault
  }
  return undefined
}

/** strconv's words for text that is no int64; undefined when it is one. */
function complainAboutInteger(of: 'ParseInt' | 'Atoi', text: string): string | undefined {
  if (parseInt64(text) !== undefined) return undefined
  const why = /^[+-]?\d+$/.test(text) ? 'value out of range' : 'invalid syntax'
  return `strconv.${of}: parsing ${quoteGo(text)}: ${why}`
}

/** GET forms of the task operations, and operations without a body. */
function bindPath({ name, params }: Incoming, { body }: OperationRow): Binding {
  const [id = '', counter] = params
  if (body !== undefined && parseInt64(counter ?? '') === undefined)
    return invalid(
      name === 'claimTask'
        ? 'he field counter must be a number'
        : 'the field counter must be a number',
    )
  return { ok: true, id: bytesOf(id) }
}

function valueAt(value: GoValue, path: readonly string[]): GoValue {
  return path.reduce<GoValue>((at, name) => (at instanceof Map ? at.get(name) : undefined), value)
}

function breakRule({ path, rule }: BodyRule, body: GoValue): string | undefined {
  const value = valueAt(body, path)
  const name = (path.at(-1) ?? '').toLowerCase()
  if (rule === 'min')
    return typeof value === 'bigint' && value < 0n
      ? `The field ${name} must be be at least length 0.`
      : undefined
  const missing = value === undefined || value === '' || value === 0n
  return missing ? `The field ${name} is required.` : undefined
}

function textAt(value: GoValue, path: readonly string[]): string {
  const text = valueAt(value, path)
  return typeof text === 'string' ? text : ''
}

/** What the handlers check besides, and the id; one in the path wins over the body's. */
function bindBody({ name, params }: Incoming, row: OperationRow, body: GoValue): Binding {
  const [param] = params
  const id = param === undefined ? Buffer.from(textAt(body, row.id)) : bytesOf(param)
  switch (name) {
    case 'completePromise':
      return FINAL_STATES.includes(textAt(body, ['state']))
        ? { ok: true, id }
        : invalid('the field state must be one of resolved, rejected, rejected_canceled')
    case 'createCallback':
      return Buffer.from(textAt(body, ['rootPromiseId'])).equals(id)
        ? {
            ok: false,
            details: ['promise and root promise must be different'],
            type: 'ServerError',
          }
        : { ok: true, id }
    case 'createSchedule': {
      const cron = checkCron(textAt(body, ['cron']))
      if (cron === 'panics') return { ok: 'panics' }
      return cron === 'valid'
        ? { ok: true, id }
        : invalid('the field cron must be a valid cron expression')
    }
    default:
      return { ok: true, id }
  }
}

function bindSearch({ query }: Incoming, of: 'promises' | 'schedules', at: NumericDate): Binding {
  const values = parseQuery(query)
  const fault = complainAboutTags(values.get('tags')) ?? complainAboutLimit(values.get('limit'))
  if (fault !== undefined) return invalid(fault)
  const state = of === 'promises' ? values.get('state') : undefined
  const broken = [
    ...(values.get('id') === '' ? ['The field id must be be at least length 1.'] : []),
    ...(state !== undefined && !isState(foldName(asText(state)))
      ? ['The field state must be one of pending, resolved, or rejected.']
      : []),
    ...breakLimit(values.get('limit')),
  ]
  if (broken.length > 0) return invalid(...broken)
  const cursor = values.get('cursor') ?? ''
  if (cursor !== '') return bindCursor(cursor, of, at)
  const id = values.get('id') ?? ''
  if (id === '') return invalid('the field id is required')
  if (state !== undefined && !isState(lowerGo(asText(state))))
    return invalid('the field state must be one of pending, resolved, rejected')
  return { ok: true, id: bytesOf(id) }
}

function asText(bytes: string): string {
  return decodeUtf8(bytesOf(bytes))
}

function isState(text: string): boolean {
  return text === 'pending' || text === 'resolved' || text === 'rejected'
}

/** A parameter called exactly `tags` is read as a JSON map (gin v1.11.0 form_mapping.go, setWithProperType). */
function complainAboutTags(tags: string | undefined): string | undefined {
  if (tags === undefined) return undefined
  const bytes = bytesOf(tags)
  const read = readJson(bytes, true)
  if (!read.ok) return read.message
  const decoded = decodeGo(bytes, read.node, { kind: 'map' })
  return decoded.ok ? undefined : decoded.message
}

function complainAboutLimit(limit: string | undefined): string | undefined {
  return limit === undefined || limit === '' ? undefined : complainAboutInteger('ParseInt', limit)
}

function breakLimit(limit: string | undefined): readonly string[] {
  const value = parseInt64(limit ?? '') ?? 0n
  if (value < 0n) return ['The field limit must be greater than or equal to 0.']
  return value > 100n ? ['The field limit must be less than or equal to 100.'] : []
}

function bindCursor(cursor: string, of: 'promises' | 'schedules', at: NumericDate): Binding {
  const read = readCursor(bytesOf(cursor), of, at)
  if (!read.ok) return invalid(read.message)
  return read.id === undefined ? { ok: 'panics' } : { ok: true, id: Buffer.from(read.id) }
}
