import { fail, failAhead, type JsonCursor, skipWhiteSpace } from '../../token/rust-json.ts'
import { readNumber } from '../../token/rust-json-number.ts'
import { describeValue, failType, type JsonValue } from '../../token/rust-json-scalar.ts'
import { readValue } from '../../token/rust-json-value.ts'
import { type JsonOutcome, optional, readJson, readText } from '../../token/rust-serde.ts'
import { readStruct, type Struct } from '../../token/rust-struct.ts'

/** The body of `POST /` as the server holds it. */
export interface Envelope {
  readonly kind: string
  readonly head: EnvelopeHead
  readonly data: JsonValue
}

export interface EnvelopeHead {
  readonly corrId: string
  readonly version: string
  /** The token; undefined = none was sent, or null. */
  readonly auth: string | undefined
}

/**
 * Reads a request body as the server does: a map or a list of exactly its members, unknown members read over, a
 * repeated one refused. Source: types.rs `RequestEnvelope`, `RequestHead`, with serde's derived readers;
 * envelope.jsonl.
 */
export function readEnvelope(body: Uint8Array): JsonOutcome<Envelope> {
  return readJson(Buffer.from(body.buffer, body.byteOffset, body.byteLength), envelope)
}

/** Reads a signed 64-bit integer; its value decides nothing before the operation. */
function readI64(cursor: JsonCursor): true | undefined {
  const byte = skipWhiteSpace(cursor)
  if (byte === -1) return failAhead(cursor, 'EOF while parsing a value')
  const positive = byte >= 0x30 && byte <= 0x39
  if (!positive && byte !== 0x2d) return failType(cursor, byte, 'i64')
  if (!positive) cursor.index++
  const number = readNumber(cursor, positive)
  if (number === undefined) return undefined
  const wrong =
    number.kind === 'float' ? 'type' : number.value > 2n ** 63n - 1n ? 'value' : undefined
  if (wrong === undefined) return true
  return fail(
    cursor,
    `invalid ${wrong}: ${describeValue({ kind: 'number', number })}, expected i64`,
    wrong === 'type' ? 'type' : 'range',
  )
}

const HEAD: Struct = {
  name: 'RequestHead',
  members: [
    { name: 'corrId', read: readText, needed: 'always' },
    { name: 'version', read: readText, needed: 'always' },
    { name: 'auth', read: optional(readText), needed: 'in-arrays' },
    { name: 'resonate:debug_time', read: optional(readI64), needed: 'in-arrays' },
  ],
}

const ENVELOPE: Struct = {
  name: 'RequestEnvelope',
  members: [
    { name: 'kind', read: readText, needed: 'always' },
    { name: 'head', read: (cursor) => readStruct(cursor, HEAD), needed: 'always' },
    { name: 'data', read: readValue, needed: 'always' },
  ],
}

function envelope(cursor: JsonCursor): Envelope | undefined {
  const values = readStruct(cursor, ENVELOPE)
  if (values === undefined) return undefined
  // The casts name what the two structs' readers give; false stands for null.
  const head = values.get('head') as ReadonlyMap<string, unknown>
  return {
    kind: values.get('kind') as string,
    head: {
      corrId: head.get('corrId') as string,
      version: head.get('version') as string,
      auth: given(head.get('auth') as string | false | undefined),
    },
    data: values.get('data') as JsonValue,
  }
}

function given(text: string | false | undefined): string | undefined {
  return text === false ? undefined : text
}

/** The members of `data` as plain values, the last of repeated ones standing; undefined when it is no object. */
export function plainData(data: JsonValue): Readonly<Record<string, unknown>> | undefined {
  return data.kind === 'map' ? plainMembers(data.members) : undefined
}

function plainMembers(members: readonly (readonly [string, JsonValue])[]): Record<string, unknown> {
  // A null prototype: a member may be called __proto__.
  const object: Record<string, unknown> = Object.create(null)
  for (const [name, value] of members) object[name] = plain(value)
  return object
}

function plain(value: JsonValue): unknown {
  switch (value.kind) {
    case 'null':
      return null
    case 'bool':
      return value.value
    case 'number':
      return value.number.value
    case 'text':
      return value.text
    case 'list':
      return value.items.map(plain)
    case 'map':
      return plainMembers(value.members)
  }
}
