import { expect, test } from 'vitest'
import { headerValues } from '../../../src/target/request.ts'

test.each([
  ['a', ['1', '2']],
  ['b', ['x \ty']],
  ['c', ['', '\u00a0z']],
  ['d', []],
])('the values of the header %s', (name, values) => {
  const headers = [
    ['A', ' 1\t'],
    ['b', '\t x \ty \t'],
    ['a', '2'],
    ['c', ' \t'],
    ['C', '\u00a0z '],
  ] as const
  expect(headerValues({ method: 'GET', path: '/', headers, body: new Uint8Array() }, name)).toEqual(
    values,
  )
})

test('a run of blanks within a value is gone through once', () => {
  const value = `x${' '.repeat(1_000_000)}x`
  const headers = [['a', value]] as const
  const found = headerValues({ method: 'GET', path: '/', headers, body: new Uint8Array() }, 'a')
  expect(found).toEqual([value])
})
