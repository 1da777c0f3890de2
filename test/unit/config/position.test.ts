import { expect, test } from 'vitest'
import { IndexedText } from '../../../src/config/position.ts'

test.each([
  ['', 0, 1, 1],
  ['ab', 1, 1, 2],
  ['a\nb', 2, 2, 1],
  ['a\nb', 9, 2, 2],
  ['é😀x', 3, 1, 3],
  ['a\r\nb', 3, 2, 1],
])('in %j the offset %i is line %i, column %i', (text, offset, line, column) => {
  expect(new IndexedText(text).positionAt(offset)).toEqual({ line, column })
})
