import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeJsonFault, type JsonCursor, openJson } from '../../../src/token/rust-json.ts'
import { ignoreValue } from '../../../src/token/rust-json-ignore.ts'
import { formatFloat } from '../../../src/token/rust-json-number.ts'
import type { JsonValue } from '../../../src/token/rust-json-scalar.ts'
import { readAny, readValue } from '../../../src/token/rust-json-value.ts'
import { readJson } from '../../../src/token/rust-serde.ts'

function plain(value: JsonValue): unknown {
  switch (value.kind) {
    case 'null':
      return null
    case 'bool':
      return value.value
    case 'number':
      return Number(value.number.value)
    case 'text':
      return value.text
    case 'list':
      return value.items.map(plain)
    case 'map':
      return Object.fromEntries(value.members.map(([name, inner]) => [name, plain(inner)]))
  }
}

function read(text: string): unknown {
  const outcome = readJson(Buffer.from(text), readAny)
  return outcome.ok ? plain(outcome.value) : describeJsonFault(outcome.fault)
}

test('JSON of well-formed texts and integers is read as JavaScript reads it', () => {
  const values = fc.jsonValue({ depthSize: 'medium', stringUnit: 'binary' })
  fc.assert(
    fc.property(values, fc.integer({ min: 0, max: 3 }), (value, indent) => {
      // Fractions are left out: serde_json rounds them in its own way. So are names that JavaScript moves to the front.
      const text = JSON.stringify(
        { value },
        (_, inner: unknown) => (typeof inner === 'number' ? Math.trunc(inner % 1e9) : inner),
        indent,
      )
      expect(read(text)).toEqual(JSON.parse(text))
    }),
  )
})

const skip = (cursor: JsonCursor): true => {
  ignoreValue(cursor)
  return true
}

test('a value is skipped exactly where it can be read, texts and sizes apart', () => {
  const pieces = fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '"a"',
    '1',
    '-0.5e-3',
    'null',
    'true',
    ' ',
    '0',
    'x',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const bytes = Buffer.from(parts.join(''))
      expect(readJson(bytes, skip).ok).toBe(readJson(bytes, readAny).ok)
    }),
  )
})

test.each([
  ['[', ']', 127],
  ['{"a":', '}', 127],
])('%s may be nested 127 levels deep', (open, close, limit) => {
  const nested = (depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`
  expect(readJson(Buffer.from(nested(limit)), readAny).ok).toBe(true)
  expect(read(nested(limit + 1))).toMatch(/^recursion limit exceeded at line 1 column \d+$/)
})

test('a skipped value may be nested without limit', () => {
  const bytes = Buffer.from('['.repeat(200_000) + ']'.repeat(200_000))
  expect(readJson(bytes, skip).ok).toBe(true)
})

test.each([
  ['18446744073709551615', 18446744073709551615n],
  ['9007199254740993', 9007199254740993n],
  ['-9223372036854775808', -9223372036854775808n],
  ['18446744073709551616', 18446744073709552000],
  ['-0', -0],
  ['1e-99999999999', 0],
  ['0e99999999999', 0],
  ['4102444799.999999999999999999999', 4102444800],
])('the number %s keeps its value', (text, expected) => {
  const outcome = readJson(Buffer.from(text), readAny)
  expect(outcome.ok && outcome.value.kind === 'number' && outcome.value.number.value).toBe(expected)
})

test.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [1, '1.0'],
  [1.5, '1.5'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e+16'],
  [0.00001, '0.00001'],
  [0.000001, '1e-6'],
  [2 ** 64, '1.8446744073709552e+19'],
])('%d is written as %s', (value, text) => {
  expect(formatFloat(value)).toBe(text)
})

test('a written double is the same double when read', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(formatFloat(value))).toBe(value)
    }),
  )
})

test('a failure stands at the line and column serde_json counts', () => {
  expect(read('{\n "a": 1\n "b"')).toBe('expected `,` or `}` at line 3 column 2')
})

test('a map whose first name is that of raw JSON is the value written in it', () => {
  const text = '{"$serde_json::private::RawValue":"[1]"}'
  const outcome = readJson(Buffer.from(text), readValue)
  expect(outcome.ok && plain(outcome.value)).toEqual([1])
  expect(read(text)).toEqual(JSON.parse(text))
})

test('no bytes make the reader throw or leave its input', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const cursor = openJson(Buffer.from(bytes))
      readAny(cursor)
      expect(cursor.index).toBeLessThanOrEqual(bytes.length)
    }),
  )
})
