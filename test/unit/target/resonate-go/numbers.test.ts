import { expect, test } from 'vitest'
import { formatDuration, parseGoDuration } from '../../../../src/target/resonate-go/go-duration.ts'
import {
  floatToInt,
  formatFloat,
  parseBool,
  parseGoInteger,
} from '../../../../src/target/resonate-go/go-number.ts'

// The expectations are what Go 1.26 printed for these texts.
test.each([
  ['0', 0n],
  ['+0', 0n],
  ['1h30m', 5_400_000_000_000n],
  ['-1.5s', -1_500_000_000n],
  ['.5m', 30_000_000_000n],
  ['1.s', 1_000_000_000n],
  ['1us', 1000n],
  ['1µs', 1000n],
  ['1μs', 1000n],
  ['1.000000001s', 1_000_000_001n],
  ['9223372036854775807ns', 2n ** 63n - 1n],
  ['-9223372036854775808ns', -(2n ** 63n)],
  ['0.3333333333333333333h', 1_200_000_000_000n],
  ['1.123456789123s', 1_123_456_789n],
  [`${'0'.repeat(45)}1s`, 1_000_000_000n],
  ['2562047h47m16.854775807s', 2n ** 63n - 1n],
  ['2562047h47m16.854775808s', 'time: invalid duration'],
  [`${'9'.repeat(30)}x`, 'time: invalid duration'],
  ['1d', 'time: unknown unit "d" in duration'],
  ['1h ', 'time: unknown unit "h " in duration'],
  ['1e3s', 'time: unknown unit "e" in duration'],
  ['1', 'time: missing unit in duration'],
  ['1h1', 'time: missing unit in duration'],
  ['', 'time: invalid duration'],
  ['-', 'time: invalid duration'],
  ['h', 'time: invalid duration'],
  ['.s', 'time: invalid duration'],
  ['9223372036854775808ns', 'time: invalid duration'],
])('the duration %j', (text, expected) => {
  const read = parseGoDuration(text)
  expect(read.ok ? read.nanoseconds : read.message).toBe(expected)
})

test.each([
  [0n, '0s'],
  [1n, '1ns'],
  [1500n, '1.5µs'],
  [1_234_567n, '1.234567ms'],
  [1_500_000_000n, '1.5s'],
  [61_000_000_000n, '1m1s'],
  [3_600_000_000_000n, '1h0m0s'],
  [-1_000_000_000n, '-1s'],
  [-(2n ** 63n), '-2562047h47m16.854775808s'],
])('%d nanoseconds are printed as %s', (nanoseconds, text) => {
  expect(formatDuration(nanoseconds)).toBe(text)
})

test.each([
  ['0', 0n],
  ['-0', 0n],
  ['+7', 7n],
  ['0x1F', 31n],
  ['0b11', 3n],
  ['0o17', 15n],
  ['017', 15n],
  ['1_000', 1000n],
  ['0_7', 7n],
  ['0x_1', 1n],
  ['9223372036854775807', 2n ** 63n - 1n],
  ['-9223372036854775808', -(2n ** 63n)],
  ['9223372036854775808', 'value out of range'],
  ['08', 'invalid syntax'],
  ['_1', 'invalid syntax'],
  ['1__0', 'invalid syntax'],
  ['0x', 'invalid syntax'],
  ['', 'invalid syntax'],
  [' 1', 'invalid syntax'],
  ['1.0', 'invalid syntax'],
])('the integer %j', (text, expected) => {
  expect(parseGoInteger(text)).toBe(expected)
})

test.each([
  [1.5, '1.5'],
  [1e21, '1000000000000000000000'],
  [1e-7, '0.0000001'],
  [-2.5e-10, '-0.00000000025'],
  [Number.POSITIVE_INFINITY, '+Inf'],
  [Number.NaN, 'NaN'],
])('the float %d is printed as %s', (value, text) => {
  expect(formatFloat(value)).toBe(text)
})

test.each([
  [1.9, 1n],
  [-1.9, -1n],
  [2 ** 63, -(2n ** 63n)],
  [Number.NaN, -(2n ** 63n)],
])('the float %d becomes the integer %d', (value, expected) => {
  expect(floatToInt(value)).toBe(expected)
})

test.each([
  ['1', true],
  ['T', true],
  ['True', true],
  ['0', false],
  ['FALSE', false],
  ['tRUE', undefined],
  ['yes', undefined],
  ['', undefined],
])('the bool %j', (text, expected) => {
  expect(parseBool(text)).toBe(expected)
})
