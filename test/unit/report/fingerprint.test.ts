import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineHashes } from '../../../src/report/fingerprint.ts'

// github/codeql-action src/fingerprints.test.ts
test.each([
  ['', ['c129715d7a2bc9a3:1']],
  [' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1']],
  [' a\r\nb\r\n  \t\tc\r\n d', ['271789c17abda88f:1', '54703d4cd895b18:1']],
  [' a\rb\r  \t\tc\r d', ['271789c17abda88f:1', '54703d4cd895b18:1']],
])('the hashes of %j begin as GitHub computes them', (text, wanted) => {
  expect(lineHashes(text).slice(0, wanted.length)).toEqual(wanted)
})

test('there is one hash a line, and no two are equal', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', ' ', '\t', '\n', '\r', '\r\n', 'é', '😀')),
      (parts) => {
        const text = parts.join('')
        const hashes = lineHashes(text)
        expect(hashes).toHaveLength(text.split(/\r\n|\r|\n/).length)
        expect(new Set(hashes).size).toBe(hashes.length)
      },
    ),
  )
})
