import { expect, test } from 'vitest'
import { hashText, Seen } from '../../../src/cli/seen.ts'

test('a hash is told with the line where it was first seen', () => {
  const seen = new Seen()
  expect(seen.add(hashText('a'), 1)).toBe(undefined)
  expect(seen.add(hashText('b'), 2)).toBe(undefined)
  expect(seen.add(hashText('a'), 3)).toBe(1)
  expect([seen.has(hashText('b')), seen.has(hashText('c')), seen.size]).toEqual([true, false, 2])
})

test('many texts that look alike keep their own lines while the set grows', () => {
  const seen = new Seen()
  const texts = Array.from({ length: 50_000 }, (_, index) => `worker-${index}`)
  const first = texts.map((text, index) => seen.add(hashText(text), index + 1))
  const again = texts.map((text) => seen.add(hashText(text), 1_000_000))
  expect(first.filter((line) => line !== undefined)).toEqual([])
  expect(again).toEqual(texts.map((_, index) => index + 1))
  expect(seen.size).toBe(texts.length)
})
