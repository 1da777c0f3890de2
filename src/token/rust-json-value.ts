import { hasElement, type JsonCursor, readColon, skipWhiteSpace } from './rust-json.ts'
import { type JsonValue, readScalar } from './rust-json-scalar.ts'
import { readContainer, readJson, readName, readTextAs } from './rust-serde.ts'

/** Reads any value whole, at most 127 containers deep (serde's buffered `Content`). */
export function readAny(cursor: JsonCursor): JsonValue | undefined {
  return readTree(cursor, false)
}

/**
 * Reads any value as `serde_json::Value`: a map whose first member has the name serde_json keeps for raw JSON is the value
 * written in that member's string (feature `raw_value`, which the server's dependencies turn on).
 */
export function readValue(cursor: JsonCursor): JsonValue | undefined {
  return readTree(cursor, true)
}

const RAW_NAME = '$serde_json::private::RawValue'

function readTree(cursor: JsonCursor, raw: boolean): JsonValue | undefined {
  const byte = skipWhiteSpace(cursor)
  if (byte !== 0x5b && byte !== 0x7b) return readScalar(cursor, byte)
  return readContainer(cursor, '', {
    list: (inside) => readItems(inside, raw),
    map: (inside) => readMembers(inside, raw),
  })
}

function readItems(cursor: JsonCursor, raw: boolean): JsonValue | undefined {
  const items: JsonValue[] = []
  while (hasElement(cursor, items.length === 0)) {
    const item = readTree(cursor, raw)
    if (item === undefined) return undefined
    items.push(item)
  }
  return { kind: 'list', items }
}

function readMembers(cursor: JsonCursor, raw: boolean): JsonValue | undefined {
  const members: (readonly [string, JsonValue])[] = []
  for (;;) {
    const name = readName(cursor, members.length === 0)
    if (name === undefined) return { kind: 'map', members }
    if (!readColon(cursor)) return undefined
    if (raw && members.length === 0 && name === RAW_NAME) return readRaw(cursor)
    const value = readTree(cursor, raw)
    if (value === undefined) return undefined
    members.push([name, value])
  }
}

function readRaw(cursor: JsonCursor): JsonValue | undefined {
  const text = readTextAs(cursor, 'raw value')
  if (text === undefined) return undefined
  const inner = readJson(Buffer.from(text), readValue)
  if (inner.ok) return inner.value
  cursor.fault ??= { ...inner.fault, member: cursor.member }
  return undefined
}
