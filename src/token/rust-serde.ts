import {
  endJson,
  enterContainer,
  fail,
  failAhead,
  failUnplaced,
  hasElement,
  hasMember,
  type JsonCursor,
  type JsonFault,
  leaveList,
  leaveMap,
  openJson,
  placeFault,
  readColon,
  readIdent,
  skipWhiteSpace,
} from './rust-json.ts'
import { failType } from './rust-json-scalar.ts'
import { readString } from './rust-json-text.ts'

/** Reads one value from a cursor; undefined on failure, which the cursor then holds. */
export type Read<T> = (cursor: JsonCursor) => T | undefined

export type JsonOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: JsonFault }

/** Reads `bytes` as one value with nothing but white space around it (`serde_json::from_slice`). */
export function readJson<T>(bytes: Buffer, read: Read<T>): JsonOutcome<T> {
  const cursor = openJson(bytes)
  const value = read(cursor)
  endJson(cursor)
  const { fault } = cursor
  if (fault !== undefined) return { ok: false, fault }
  // A reader without a failure has a value.
  return { ok: true, value: value as T }
}

/** Reads a string (serde's `String`). */
export function readText(cursor: JsonCursor): string | undefined {
  return readTextAs(cursor, 'a string')
}

/** Reads a string where the reader's own words say what is expected. */
export function readTextAs(cursor: JsonCursor, expected: string): string | undefined {
  const byte = skipWhiteSpace(cursor)
  if (byte !== 0x22)
    return byte === -1
      ? failAhead(cursor, 'EOF while parsing a value')
      : failType(cursor, byte, expected)
  cursor.index++
  return readString(cursor)
}

/** A reader that takes `null`, too, giving false for it (serde's `Option`). */
export function optional<T>(read: Read<T>): Read<T | false> {
  return (cursor) => {
    if (skipWhiteSpace(cursor) !== 0x6e) return read(cursor)
    cursor.index++
    return readIdent(cursor, 'ull') ? false : undefined
  }
}

/** Reads a list of strings (serde's `Vec<String>`). */
export function readTexts(cursor: JsonCursor): readonly string[] | undefined {
  return readContainer(cursor, 'a sequence', { list: readTextElements })
}

function readTextElements(cursor: JsonCursor): readonly string[] | undefined {
  const texts: string[] = []
  while (hasElement(cursor, texts.length === 0)) {
    const text = readText(cursor)
    if (text === undefined) return undefined
    texts.push(text)
  }
  return texts
}

/** Reads a list or a map, whichever `inside` takes; `expected` names it in the message about any other value. */
export function readContainer<T>(
  cursor: JsonCursor,
  expected: string,
  inside: { readonly list?: Read<T>; readonly map?: Read<T> },
): T | undefined {
  const byte = skipWhiteSpace(cursor)
  if (byte === -1) return failAhead(cursor, 'EOF while parsing a value')
  const read = byte === 0x5b ? inside.list : byte === 0x7b ? inside.map : undefined
  if (read === undefined) return failType(cursor, byte, expected)
  if (!enterContainer(cursor)) return undefined
  const value = read(cursor)
  if (byte === 0x5b) leaveList(cursor)
  else leaveMap(cursor)
  placeFault(cursor)
  return value
}

/** The next member's name of the map at the cursor; undefined at its end and on failure. */
export function readName(cursor: JsonCursor, first: boolean): string | undefined {
  if (!hasMember(cursor, first)) return undefined
  cursor.index++
  return readString(cursor)
}

/** Fails because the member `name` was there before. */
export function failRepeated(cursor: JsonCursor, name: string): undefined {
  return failUnplaced(cursor, `duplicate field \`${name}\``, 'repeated')
}

/** The message about a name that is none of `names`. */
export function unknownVariant(name: string, names: readonly string[]): string {
  const quoted = names.map((each) => `\`${each}\``)
  return `unknown variant \`${name}\`, expected ${names.length > 2 ? 'one of ' : ''}${quoted.join(names.length > 2 ? ', ' : ' or ')}`
}

/** A name of an enum, either `"NAME"` or `{"NAME": null}` (serde's `deserialize_enum` for unit variants). */
export function readVariant<T extends string>(
  cursor: JsonCursor,
  names: readonly T[],
): T | undefined {
  const byte = skipWhiteSpace(cursor)
  if (byte === 0x22) return readVariantName(cursor, names)
  if (byte !== 0x7b)
    return failAhead(cursor, byte === -1 ? 'EOF while parsing a value' : 'expected value')
  if (!enterContainer(cursor)) return undefined
  const name = readVariantName(cursor, names)
  if (name === undefined || !readColon(cursor) || !readUnit(cursor)) return undefined
  cursor.depth++
  const after = skipWhiteSpace(cursor)
  if (after !== 0x7d)
    return fail(cursor, after === -1 ? 'EOF while parsing an object' : 'expected value')
  cursor.index++
  return name
}

function readVariantName<T extends string>(cursor: JsonCursor, names: readonly T[]): T | undefined {
  const text = readTextAs(cursor, 'variant identifier')
  if (text === undefined) return undefined
  const name = names.find((each) => each === text)
  return name ?? fail(cursor, unknownVariant(text, names), 'variant')
}

function readUnit(cursor: JsonCursor): boolean {
  const byte = skipWhiteSpace(cursor)
  if (byte === 0x6e) {
    cursor.index++
    return readIdent(cursor, 'ull')
  }
  if (byte === -1) failAhead(cursor, 'EOF while parsing a value')
  else failType(cursor, byte, 'unit')
  return false
}
