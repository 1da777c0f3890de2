import type { Value } from './setting.ts'
import type { TomlCursor } from './toml-cursor.ts'
import { because, invalid, TomlFailure } from './toml-failure.ts'

const I64_MAX = 2n ** 63n - 1n
const OUT_OF_RANGE = 'value is out of range'

/** A date, time or number at a digit or sign; the failure is returned where a list may end instead, else thrown. */
export function readDateOrNumber(cursor: TomlCursor): Value | TomlFailure {
  return readDateTime(cursor) ?? readFloat(cursor) ?? readInteger(cursor)
}

function readDateTime(cursor: TomlCursor): Value | undefined {
  const start = cursor.at
  const isDate = cursor.peek(/\d{4}-/y) !== ''
  const isTime = !isDate && readTime(cursor, 'time')
  if (isDate) readDate(cursor)
  else if (!isTime) return undefined
  return { kind: 'datetime', value: cursor.text.slice(start, cursor.at) }
}

function readDate(cursor: TomlCursor): void {
  const label = 'date-time'
  const year = Number(cursor.take(/\d{4}/y))
  cursor.eat('-')
  const month = takeTwoDigits(cursor, 1, 12, label)
  if (!cursor.eat('-')) throw new TomlFailure(cursor.at, invalid(label))
  const dayAt = cursor.at
  const day = takeTwoDigits(cursor, 1, 31, label)
  if (day > daysIn(year, month)) throw new TomlFailure(dayAt, because(label, OUT_OF_RANGE))
  const dateEnd = cursor.at
  if (cursor.take(/[Tt ]/y) === '') return
  if (readTime(cursor, label)) readOffset(cursor)
  else cursor.at = dateEnd
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

/** Whether a time stands here; after `HH:` the rest must be one. */
function readTime(cursor: TomlCursor, label: string): boolean {
  const hour = cursor.peek(/\d{2}:/y)
  if (hour === '' || Number.parseInt(hour, 10) > 23) return false
  cursor.at += hour.length
  takeTwoDigits(cursor, 0, 59, label)
  if (!cursor.eat(':')) throw new TomlFailure(cursor.at, invalid(label))
  takeTwoDigits(cursor, 0, 60, label)
  cursor.take(/\.\d+/y)
  return true
}

function readOffset(cursor: TomlCursor): void {
  const label = 'time offset'
  if (cursor.take(/[Zz]/y) !== '' || cursor.take(/[+-]/y) === '') return
  takeTwoDigits(cursor, 0, 23, label)
  if (!cursor.eat(':')) throw new TomlFailure(cursor.at, invalid(label))
  takeTwoDigits(cursor, 0, 59, label)
}

function takeTwoDigits(cursor: TomlCursor, min: number, max: number, label: string): number {
  const at = cursor.at
  const digits = cursor.take(/\d{2}/y)
  if (digits === '') throw new TomlFailure(at, invalid(label))
  const value = Number(digits)
  if (value < min || value > max) throw new TomlFailure(at, because(label, OUT_OF_RANGE))
  return value
}

const FLOAT = 'floating-point number'

function readFloat(cursor: TomlCursor): Value | undefined {
  const start = cursor.at
  const special = cursor.take(/[+-](?:inf|nan)/y)
  if (special !== '') return { kind: 'float', value: specialFloat(special) }
  if (typeof takeDecimal(cursor) === 'number' || !isFraction(cursor)) {
    cursor.at = start
    return undefined
  }
  if (cursor.eat('.')) takeDigits(cursor, 'digit')
  if (cursor.take(/[eE][+-]?/y) !== '') takeDigits(cursor)
  const value = Number(cursor.text.slice(start, cursor.at).replaceAll('_', ''))
  // toml_edit compares with plus infinity only.
  if (value === Number.POSITIVE_INFINITY) throw new TomlFailure(start, invalid(FLOAT))
  return { kind: 'float', value }
}

function isFraction(cursor: TomlCursor): boolean {
  return cursor.peek(/[.eE]/y) !== ''
}

/** `inf` or `nan` with or without a sign, as a number. */
export function specialFloat(text: string): number {
  if (text.endsWith('nan')) return Number.NaN
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** Digits that may begin with zeros, as after a point or an `e`. */
function takeDigits(cursor: TomlCursor, ...expected: readonly string[]): void {
  if (cursor.take(/\d+(?:_\d+)*/y) === '')
    throw new TomlFailure(cursor.at, invalid(FLOAT, ...expected))
  if (cursor.eat('_')) throw new TomlFailure(cursor.at, invalid(FLOAT, 'digit', ...expected))
}

/** Steps over a signed decimal integer; the offset where its first digit is missing if there is none. */
function takeDecimal(cursor: TomlCursor): number | undefined {
  const start = cursor.at
  cursor.take(/[+-]/y)
  const digits = cursor.take(/0|[1-9]\d*(?:_\d+)*/y)
  if (digits === '') {
    const missing = cursor.at
    cursor.at = start
    return missing
  }
  if (digits !== '0' && cursor.eat('_'))
    throw new TomlFailure(cursor.at, invalid('integer', 'digit'))
  return undefined
}

const RADIXES: ReadonlyMap<string, { label: string; digits: RegExp }> = new Map([
  ['0x', { label: 'hexadecimal integer', digits: /[0-9A-Fa-f]+(?:_[0-9A-Fa-f]+)*/y }],
  ['0o', { label: 'octal integer', digits: /[0-7]+(?:_[0-7]+)*/y }],
  ['0b', { label: 'binary integer', digits: /[01]+(?:_[01]+)*/y }],
])

/** An integer of at most 64 bits with its sign. */
export function readInteger(cursor: TomlCursor): Value | TomlFailure {
  const start = cursor.at
  const prefix = cursor.text.slice(start, start + 2)
  const radix = RADIXES.get(prefix)
  if (radix === undefined) {
    const missing = takeDecimal(cursor)
    if (missing !== undefined) return new TomlFailure(missing, invalid('integer'))
    return toInteger(start, cursor.text.slice(start, cursor.at))
  }
  cursor.at += prefix.length
  const digits = cursor.take(radix.digits)
  if (digits === '') throw new TomlFailure(cursor.at, invalid(radix.label))
  if (cursor.eat('_')) throw new TomlFailure(cursor.at, invalid(radix.label, 'digit'))
  return toInteger(start, prefix + digits)
}

/** More digits than 64 bits have in base 2, so that no time goes into reading a number that is refused anyway. */
const MAX_DIGITS = 70

function toInteger(start: number, text: string): Value {
  const [, sign = '', prefix = '', digits = ''] =
    /^([+-]?)(0[xob])?0*(\w*)$/.exec(text.replaceAll('_', '')) ?? []
  const size = digits.length > MAX_DIGITS ? I64_MAX + 2n : BigInt(prefix + (digits || '0'))
  if (sign === '-' && size > I64_MAX + 1n)
    throw new TomlFailure(start, 'number too small to fit in target type')
  if (sign !== '-' && size > I64_MAX)
    throw new TomlFailure(start, 'number too large to fit in target type')
  return { kind: 'int', value: sign === '-' ? -size : size }
}
