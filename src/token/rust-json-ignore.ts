import { failAhead, type JsonCursor, readColon, readIdent, skipWhiteSpace } from './rust-json.ts'
import { ignoreNumber } from './rust-json-number.ts'
import { ignoreString } from './rust-json-text.ts'

const LIST = 0x5b
const MAP = 0x7b
const COMMA = 0x2c

/**
 * Moves past a value nobody wants, of any depth: syntax is checked, the size of numbers and the text in strings are not
 * (serde_json 1.0.149, `ignore_value`). Failures show in the cursor.
 */
export function ignoreValue(cursor: JsonCursor): void {
  const open: number[] = []
  for (;;) {
    const byte = skipWhiteSpace(cursor)
    const opens = byte === LIST || byte === MAP
    if (opens) {
      cursor.index++
      open.push(byte)
    } else if (!ignoreScalar(cursor, byte)) return
    if (!moveToValue(cursor, open, opens)) return
  }
}

/** Closes what ends here and moves on to the next value; false when all is closed, or on failure. */
function moveToValue(cursor: JsonCursor, open: number[], justOpened: boolean): boolean {
  for (let first = justOpened; ; first = false) {
    const inside = open.at(-1)
    if (inside === undefined) return false
    const byte = skipWhiteSpace(cursor)
    if (byte === (inside === LIST ? 0x5d : 0x7d)) {
      cursor.index++
      open.pop()
      continue
    }
    if (byte === -1)
      failAhead(cursor, `EOF while parsing ${inside === LIST ? 'a list' : 'an object'}`)
    else if (first) return inside === LIST || ignoreName(cursor)
    else if (byte === COMMA) {
      cursor.index++
      return inside === LIST || ignoreName(cursor)
    } else failAhead(cursor, `expected \`,\` or \`${inside === LIST ? ']' : '}'}\``)
    return false
  }
}

function ignoreName(cursor: JsonCursor): boolean {
  const byte = skipWhiteSpace(cursor)
  if (byte === 0x22) {
    cursor.index++
    return ignoreString(cursor) && readColon(cursor)
  }
  failAhead(cursor, byte === -1 ? 'EOF while parsing an object' : 'key must be a string')
  return false
}

function ignoreScalar(cursor: JsonCursor, byte: number): boolean {
  if (byte >= 0x30 && byte <= 0x39) return ignoreNumber(cursor)
  const letter = byte === -1 ? '' : String.fromCharCode(byte)
  if ('ntf-"'.includes(letter) && letter !== '') cursor.index++
  switch (letter) {
    case 'n':
      return readIdent(cursor, 'ull')
    case 't':
      return readIdent(cursor, 'rue')
    case 'f':
      return readIdent(cursor, 'alse')
    case '-':
      return ignoreNumber(cursor)
    case '"':
      return ignoreString(cursor)
  }
  failAhead(cursor, letter === '' ? 'EOF while parsing a value' : 'expected value')
  return false
}
