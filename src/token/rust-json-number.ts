import { fail, failAhead, type JsonCursor, nextByte, peekByte } from './rust-json.ts'

/** A number as serde_json hands it on: integers keep every digit (bigint from 2^53 on), all else is a double. */
export type JsonNumber =
  | { readonly kind: 'unsigned' | 'signed'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }

const U64_MAX = 2n ** 64n - 1n
const I32_MAX = 2 ** 31 - 1
const ENDED = 'EOF while parsing a value'
const INVALID = 'invalid number'

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
const isExponent = (byte: number): boolean => byte === 0x65 || byte === 0x45

/** The digits so far as serde_json keeps them, an unsigned 64-bit integer; undefined when the next does not fit. */
function appendDigit(significand: number | bigint, digit: number): number | bigint | undefined {
  if (typeof significand === 'number') {
    const next = significand * 10 + digit
    return Number.isSafeInteger(next) ? next : BigInt(significand) * 10n + BigInt(digit)
  }
  const next = significand * 10n + BigInt(digit)
  return next > U64_MAX ? undefined : next
}

/** The number at the cursor, which stands behind the minus sign of a negative one; undefined on failure. */
export function readNumber(cursor: JsonCursor, positive: boolean): JsonNumber | undefined {
  const first = nextByte(cursor)
  if (first === -1) return fail(cursor, ENDED)
  if (!isDigit(first)) return fail(cursor, INVALID)
  let significand: number | bigint = first - 0x30
  if (first === 0x30 && isDigit(peekByte(cursor))) return failAhead(cursor, INVALID)
  while (isDigit(peekByte(cursor))) {
    const next = appendDigit(significand, peekByte(cursor) - 0x30)
    if (next === undefined) return toFloat(readLongInteger(cursor, significand), positive)
    cursor.index++
    significand = next
  }
  return finishNumber(cursor, significand, positive)
}

function finishNumber(
  cursor: JsonCursor,
  significand: number | bigint,
  positive: boolean,
): JsonNumber | undefined {
  const byte = peekByte(cursor)
  if (byte === 0x2e) return toFloat(readDecimal(cursor, significand, 0), positive)
  if (isExponent(byte)) return toFloat(readExponent(cursor, significand, 0), positive)
  if (positive) return { kind: 'unsigned', value: significand }
  // -0 and what no signed 64-bit integer holds become doubles.
  if (significand === 0 || significand > 2n ** 63n)
    return { kind: 'float', value: -Number(significand) }
  return { kind: 'signed', value: -significand }
}

function toFloat(value: number | undefined, positive: boolean): JsonNumber | undefined {
  return value === undefined ? undefined : { kind: 'float', value: positive ? value : -value }
}

function readLongInteger(cursor: JsonCursor, significand: number | bigint): number | undefined {
  let exponent = 0
  for (; isDigit(peekByte(cursor)); exponent++) cursor.index++
  if (peekByte(cursor) === 0x2e) return readDecimal(cursor, significand, exponent)
  if (isExponent(peekByte(cursor))) return readExponent(cursor, significand, exponent)
  return scale(cursor, significand, exponent)
}

function readDecimal(
  cursor: JsonCursor,
  integer: number | bigint,
  exponentBefore: number,
): number | undefined {
  cursor.index++
  const start = cursor.index
  let significand = integer
  let places = 0
  while (isDigit(peekByte(cursor))) {
    const next = appendDigit(significand, peekByte(cursor) - 0x30)
    if (next === undefined) break
    significand = next
    cursor.index++
    places++
  }
  // Digits that do not fit any more are dropped, not rounded.
  if (isDigit(peekByte(cursor))) while (isDigit(peekByte(cursor))) cursor.index++
  else if (cursor.index === start)
    return failAhead(cursor, peekByte(cursor) === -1 ? ENDED : INVALID)
  const exponent = exponentBefore - places
  return isExponent(peekByte(cursor))
    ? readExponent(cursor, significand, exponent)
    : scale(cursor, significand, exponent)
}

function readExponent(
  cursor: JsonCursor,
  significand: number | bigint,
  startingExponent: number,
): number | undefined {
  cursor.index++
  const sign = peekByte(cursor)
  if (sign === 0x2b || sign === 0x2d) cursor.index++
  const first = nextByte(cursor)
  if (first === -1) return fail(cursor, ENDED)
  if (!isDigit(first)) return fail(cursor, INVALID)
  let exponent = first - 0x30
  while (isDigit(peekByte(cursor))) {
    exponent = exponent * 10 + nextByte(cursor) - 0x30
    if (exponent > I32_MAX) return hugeExponent(cursor, significand, sign !== 0x2d)
  }
  return scale(cursor, significand, startingExponent + (sign === 0x2d ? -exponent : exponent))
}

function hugeExponent(
  cursor: JsonCursor,
  significand: number | bigint,
  positive: boolean,
): number | undefined {
  // Fails in the middle of the digits: the rest of them stays unread.
  if (significand !== 0 && positive) return fail(cursor, 'number out of range', 'range')
  while (isDigit(peekByte(cursor))) cursor.index++
  return 0
}

const POWERS: readonly number[] = Array.from({ length: 309 }, (_, power) => Number(`1e${power}`))

/** significand × 10^exponent with serde_json's own rounding: one division or multiplication per 308 places. */
function scale(
  cursor: JsonCursor,
  significand: number | bigint,
  exponent: number,
): number | undefined {
  let value = Number(significand)
  let rest = exponent
  for (;;) {
    const power = POWERS[Math.abs(rest)]
    if (power !== undefined) {
      value = rest >= 0 ? value * power : value / power
      return Number.isFinite(value) ? value : fail(cursor, 'number out of range', 'range')
    }
    if (value === 0) return 0
    if (rest >= 0) return fail(cursor, 'number out of range', 'range')
    value /= 1e308
    rest += 308
  }
}

/** Moves past a number nobody wants (behind its minus sign); its size does not matter. */
export function ignoreNumber(cursor: JsonCursor): boolean {
  const first = nextByte(cursor)
  if (!isDigit(first)) fail(cursor, INVALID)
  else if (first === 0x30 && isDigit(peekByte(cursor))) failAhead(cursor, INVALID)
  else {
    while (isDigit(peekByte(cursor))) cursor.index++
    if (peekByte(cursor) === 0x2e) return ignoreDecimal(cursor)
    return isExponent(peekByte(cursor)) ? ignoreExponent(cursor) : true
  }
  return false
}

function ignoreDecimal(cursor: JsonCursor): boolean {
  cursor.index++
  if (!isDigit(peekByte(cursor))) {
    failAhead(cursor, INVALID)
    return false
  }
  while (isDigit(peekByte(cursor))) cursor.index++
  return isExponent(peekByte(cursor)) ? ignoreExponent(cursor) : true
}

function ignoreExponent(cursor: JsonCursor): boolean {
  cursor.index++
  const sign = peekByte(cursor)
  if (sign === 0x2b || sign === 0x2d) cursor.index++
  if (!isDigit(nextByte(cursor))) {
    fail(cursor, INVALID)
    return false
  }
  while (isDigit(peekByte(cursor))) cursor.index++
  return true
}

/** A double as serde_json writes it in its messages: `1.0`, `0.00001`, `1.5e+16` (crate zmij 1.0.21). */
export function formatFloat(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', power = ''] = value.toExponential().split('e')
  if (Number(power) < -5 || Number(power) > 15) return `${mantissa}e${power}`
  return Number.isInteger(value) ? `${value}.0` : String(value)
}
