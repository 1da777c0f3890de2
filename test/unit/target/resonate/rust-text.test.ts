import { expect, test } from 'vitest'
import {
  displayFloat,
  trimText,
  utf8Length,
  WHITE_SPACE,
} from '../../../../src/target/resonate/rust-text.ts'

test.each([
  [2, '2'],
  [2.5, '2.5'],
  [-0, '-0'],
  [1e300, `1${'0'.repeat(300)}`],
  [1.5e-7, '0.00000015'],
  [123456.789, '123456.789'],
  [123456783456789 + 1 / 8, '123456783456789.13'],
  [123456783456789 + 3 / 8, '123456783456789.38'],
  [5e-324, `0.${'0'.repeat(323)}5`],
  [Number.POSITIVE_INFINITY, 'inf'],
  [Number.NEGATIVE_INFINITY, '-inf'],
  [Number.NaN, 'NaN'],
])('Rust writes %d as %s', (value, shown) => {
  expect(displayFloat(value)).toBe(shown)
})

test('Rust trims what Unicode calls white space', () => {
  expect(trimText('\u0085\u00a0 a\u200bb\u3000')).toBe('a\u200bb')
  expect(trimText('\ufeffa')).toBe('\ufeffa')
})

test('white space is what Unicode says, and lies in the basic plane', () => {
  const all = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code))
  const unmet = all.filter((each) => WHITE_SPACE.test(each) !== /^\p{White_Space}$/u.test(each))
  expect(unmet).toEqual([])
})

test('bytes are counted as UTF-8 has them', () => {
  expect(utf8Length('aé日😀')).toBe(10)
})
