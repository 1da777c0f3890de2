import { isUtf8 } from 'node:buffer'
import { fail, type JsonCursor, nextByte, peekByte } from './rust-json.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const ENDED = 'EOF while parsing a string'
const CONTROL = 'control character (\\u0000-\\u001F) found while parsing a string'
const LONE = 'lone leading surrogate in hex escape'

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Moves to the next quote, backslash or control character, or to the end; true when all before it is ASCII. */
function skipPlain(cursor: JsonCursor): boolean {
  const { bytes } = cursor
  let index = cursor.index
  let seen = 0
  for (; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
    if (byte === QUOTE || byte === BACKSLASH || byte < 0x20) break
    seen |= byte
  }
  cursor.index = index
  return seen < 0x80
}

/**
 * The string whose opening quote was just read. Invalid UTF-8 fails after the closing quote, lone surrogates fail where
 * they stand (serde_json 1.0.149, src/read.rs): undefined then.
 */
export function readString(cursor: JsonCursor): string | undefined {
  const { bytes } = cursor
  let text = ''
  let broken = false
  for (;;) {
    const start = cursor.index
    const ascii = skipPlain(cursor)
    const { index } = cursor
    text += ascii ? cursor.latin1.slice(start, index) : bytes.toString('utf8', start, index)
    broken ||= !ascii && !isUtf8(bytes.subarray(start, index))
    const byte = nextByte(cursor)
    if (byte === -1) return fail(cursor, ENDED)
    if (byte === QUOTE) return broken ? fail(cursor, 'invalid unicode code point', 'text') : text
    if (byte !== BACKSLASH) return fail(cursor, CONTROL)
    const escaped = readEscape(cursor)
    if (escaped === undefined) return undefined
    text += escaped
  }
}

function readEscape(cursor: JsonCursor): string | undefined {
  const byte = nextByte(cursor)
  if (byte === -1) return fail(cursor, ENDED)
  const letter = String.fromCharCode(byte)
  if (letter === 'u') return readUnicodeEscape(cursor)
  return Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : fail(cursor, 'invalid escape')
}

function readUnicodeEscape(cursor: JsonCursor): string | undefined {
  const unit = readHex(cursor)
  if (unit === undefined) return undefined
  if (unit >= 0xdc00 && unit <= 0xdfff) return fail(cursor, LONE, 'text')
  if (unit < 0xd800 || unit > 0xdbff) return String.fromCharCode(unit)
  for (const expected of [BACKSLASH, 0x75]) {
    if (peekByte(cursor) === -1) return fail(cursor, ENDED)
    // The byte is taken even where it is the wrong one, be it the closing quote.
    if (nextByte(cursor) !== expected) return fail(cursor, 'unexpected end of hex escape', 'text')
  }
  const second = readHex(cursor)
  if (second === undefined) return undefined
  if (second < 0xdc00 || second > 0xdfff) return fail(cursor, LONE, 'text')
  return String.fromCharCode(unit, second)
}

function readHex(cursor: JsonCursor): number | undefined {
  const { bytes, index } = cursor
  if (bytes.length - index < 4) {
    cursor.index = bytes.length
    return fail(cursor, ENDED)
  }
  cursor.index = index + 4
  const digits = cursor.latin1.slice(index, index + 4)
  return /^[0-9A-Fa-f]{4}$/.test(digits)
    ? Number.parseInt(digits, 16)
    : fail(cursor, 'invalid escape')
}

/** Moves past a string nobody wants, its opening quote just read; UTF-8 and surrogates are not looked at. */
export function ignoreString(cursor: JsonCursor): boolean {
  for (;;) {
    skipPlain(cursor)
    const byte = peekByte(cursor)
    if (byte === -1) fail(cursor, ENDED)
    else if (byte === QUOTE) {
      cursor.index++
      return true
    } else if (byte === BACKSLASH) {
      cursor.index++
      if (ignoreEscape(cursor)) continue
    } else fail(cursor, CONTROL)
    return false
  }
}

function ignoreEscape(cursor: JsonCursor): boolean {
  const byte = nextByte(cursor)
  if (byte === -1) fail(cursor, ENDED)
  else if (byte === 0x75) return readHex(cursor) !== undefined
  else if (Object.hasOwn(ESCAPES, String.fromCharCode(byte))) return true
  else fail(cursor, 'invalid escape')
  return false
}
