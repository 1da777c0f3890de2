import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInstant, looksLikeMilliseconds, parseInstant } from '../../../src/token/instant.ts'

test.each<readonly [string, number | undefined]>([
  ['0', 0],
  ['1798675200', 1_798_675_200],
  ['1970-01-01T00:00:00Z', 0],
  ['2026-12-31T00:00:00Z', 1_798_675_200],
  ['2026-12-31', 1_798_675_200],
  ['2026-12-31 01:00:00+01:00', 1_798_675_200],
  ['2026-12-30T19:00-05:00', 1_798_675_200],
  ['2024-02-29T12:00:00.999Z', 1_709_208_000],
  ['2023-02-29', undefined],
  ['2026-13-01', undefined],
  ['2026-12-31T24:00:00Z', undefined],
  ['2026-12-31T00:00:00+25:00', undefined],
  ['tomorrow', undefined],
  ['', undefined],
  ['99999999999999999999', undefined],
])('parseInstant(%j) is %j', (text, seconds) => {
  expect(parseInstant(text)).toBe(seconds)
})

test('an instant is the one that Date reads, and comes back as it went', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (seconds) => {
      const text = new Date(seconds * 1000).toISOString()
      expect(parseInstant(text)).toBe(seconds)
      expect(formatInstant(seconds)).toBe(text.replace('.000Z', 'Z'))
    }),
  )
})

test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [253_402_300_800], [1e300]])(
  '%d has no date of four digits',
  (seconds) => {
    expect(formatInstant(seconds)).toBe(undefined)
  },
)

test('milliseconds are told from seconds', () => {
  expect(
    [1_798_675_200, 99_999_999_999, 100_000_000_000, 1_798_675_200_000].map(looksLikeMilliseconds),
  ).toEqual([false, false, true, true])
})
