import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeDistance, describeDuration, parseDuration } from '../../../src/token/duration.ts'

test.each<readonly [string, number | undefined]>([
  ['90s', 90],
  ['15m', 900],
  ['1h30m', 5400],
  ['7d', 604_800],
  ['12w', 7_257_600],
  ['1d2h3m4s', 93_784],
  ['P1DT2H', 93_600],
  ['PT15M', 900],
  ['P2W', 1_209_600],
  ['0s', 0],
  ['', undefined],
  ['15', undefined],
  ['1.5h', undefined],
  ['-1h', undefined],
  ['1h1h', undefined],
  ['1 h', undefined],
  ['1M', undefined],
  ['1y', undefined],
  ['foo3dbar', undefined],
  ['P', undefined],
  ['PT', undefined],
  ['P1M', undefined],
  ['P1Y', undefined],
  ['99999999999999999999d', undefined],
])('parseDuration(%j) is %j', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds)
})

test('whatever is typed, the answer is a whole number of seconds or none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^P?[\dTWDHMSwdhms]*$/)), (text) => {
      const seconds = parseDuration(text)
      return seconds === undefined || (Number.isSafeInteger(seconds) && seconds >= 0)
    }),
  )
})

test.each([
  [0, '0 s'],
  [119, '119 s'],
  [120, '2 min'],
  [3600, '60 min'],
  [7200, '2 h'],
  [172_799, '47 h'],
  [172_800, '2 days'],
  [7_862_400, '91 days'],
])('%d seconds are %j', (seconds, text) => {
  expect(describeDuration(seconds)).toBe(text)
})

test.each([
  [1000, 1000, 'now'],
  [1001, 1000, 'in 1 s'],
  [4600, 1000, 'in 60 min'],
  [1000, 4600, '60 min ago'],
])('%d seen from %d is %j', (instant, now, text) => {
  expect(describeDistance(instant, now)).toBe(text)
})
