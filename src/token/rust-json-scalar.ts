import { debugText } from './rust-debug.ts'
import { fail, failAhead, type JsonCursor, readIdent } from './rust-json.ts'
import { formatFloat, type JsonNumber, readNumber } from './rust-json-number.ts'
import { readString } from './rust-json-text.ts'

/** A JSON value as serde buffers it: members in their order, repeated ones kept. */
export type JsonValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'number'; readonly number: JsonNumber }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly JsonValue[] }
  | { readonly kind: 'map'; readonly members: readonly (readonly [string, JsonValue])[] }

/** What a value is in serde's messages, e.g. ``integer `7` ``. */
export function describeValue(value: JsonValue): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'bool':
      return `boolean \`${value.value}\``
    case 'number':
      return describeNumber(value.number)
    case 'text':
      return `string ${debugText(value.text)}`
    case 'list':
      return 'sequence'
    case 'map':
      return 'map'
  }
}

function describeNumber(number: JsonNumber): string {
  return number.kind === 'float'
    ? `floating point \`${formatFloat(number.value)}\``
    : `integer \`${number.value}\``
}

/** Fails because the value at the cursor is of another type; like serde_json, moves past it unless it is a container. */
export function failType(cursor: JsonCursor, byte: number, expected: string): undefined {
  const value =
    byte === 0x5b
      ? ({ kind: 'list', items: [] } as const)
      : byte === 0x7b
        ? ({ kind: 'map', members: [] } as const)
        : readScalar(cursor, byte)
  if (value === undefined) return undefined
  return fail(cursor, `invalid type: ${describeValue(value)}, expected ${expected}`, 'type')
}

const NULL: JsonValue = { kind: 'null' }

/** Reads anything but a list or a map, `byte` being its first one. */
export function readScalar(cursor: JsonCursor, byte: number): JsonValue | undefined {
  if (byte >= 0x30 && byte <= 0x39) return wrapNumber(readNumber(cursor, true))
  const letter = byte === -1 ? '' : String.fromCharCode(byte)
  if ('ntf-"'.includes(letter) && letter !== '') cursor.index++
  switch (letter) {
    case 'n':
      return readIdent(cursor, 'ull') ? NULL : undefined
    case 't':
      return readIdent(cursor, 'rue') ? { kind: 'bool', value: true } : undefined
    case 'f':
      return readIdent(cursor, 'alse') ? { kind: 'bool', value: false } : undefined
    case '-':
      return wrapNumber(readNumber(cursor, false))
    case '"': {
      const text = readString(cursor)
      return text === undefined ? undefined : { kind: 'text', text }
    }
  }
  return failAhead(cursor, letter === '' ? 'EOF while parsing a value' : 'expected value')
}

function wrapNumber(number: JsonNumber | undefined): JsonValue | undefined {
  return number === undefined ? undefined : { kind: 'number', number }
}
