import { expect, test } from 'vitest'
import { debugChar, debugText } from '../../../src/token/rust-debug.ts'

test.each([
  ['a"b\'\\', '"a\\"b\'\\\\"'],
  ['\0\t\n\r\u001b', '"\\0\\t\\n\\r\\u{1b}"'],
  ['é\u0301\u200b\u00a0😀', '"é\\u{301}\\u{200b}\\u{a0}😀"'],
])('Rust shows %j as %s', (text, shown) => {
  expect(debugText(text)).toBe(shown)
})

test('a character is shown with its own quote escaped', () => {
  expect(["'", '"', 'é'].map(debugChar)).toEqual(["'\\''", "'\"'", "'é'"])
})
