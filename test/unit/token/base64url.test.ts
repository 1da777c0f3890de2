import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeBase64url,
  describeBase64Fault,
  encodeBase64url,
} from '../../../src/token/base64url.ts'

// What the server 0.9.8 logged for a first segment of this text.
test.each([
  ['A', 'Invalid input length: 1'],
  ['AB', 'Invalid last symbol 66, offset 1.'],
  ['AAAAA', 'Invalid input length: 5'],
  ['AA==', 'Invalid padding'],
  ['AA=', 'Invalid padding'],
  ['AAA=', 'Invalid padding'],
  ['A=AA', 'Invalid symbol 61, offset 1.'],
  ['=AAA', 'Invalid symbol 61, offset 0.'],
  ['AA=A', 'Invalid symbol 61, offset 2.'],
  ['AAAA=', 'Invalid symbol 61, offset 4.'],
  ['AA+A', 'Invalid symbol 43, offset 2.'],
  ['AA/A', 'Invalid symbol 47, offset 2.'],
  ['AA A', 'Invalid symbol 32, offset 2.'],
  ['AAAA\n', 'Invalid symbol 10, offset 4.'],
  ['AAAAé', 'Invalid symbol 195, offset 4.'],
  ['AAAAAAAA+AAA', 'Invalid symbol 43, offset 8.'],
])('%j is refused: %s', (text, message) => {
  const outcome = decodeBase64url(Buffer.from(text))
  expect(outcome.ok ? 'decoded' : describeBase64Fault(outcome.fault)).toBe(message)
})

test('what was encoded decodes to the same bytes, also from the middle of a text', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(`.${encodeBase64url(bytes)}.`)
      const outcome = decodeBase64url(text, 1, text.length - 1)
      expect(outcome.ok && Uint8Array.from(outcome.bytes)).toEqual(bytes)
    }),
  )
})

test('bytes have one text: every other text of the same symbols is refused', () => {
  fc.assert(
    fc.property(fc.base64String(), (text) => {
      const outcome = decodeBase64url(Buffer.from(text))
      expect(outcome.ok).toBe(Buffer.from(text, 'base64url').toString('base64url') === text)
    }),
  )
})
