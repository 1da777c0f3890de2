import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  readBitString,
  readDer,
  readElements,
  readInteger,
  readSequence,
  toHex,
} from '../../../src/key/der.ts'
import { encodeInteger, encodeOctetString, encodeSequence } from '../../../src/key/der-encoding.ts'

function bytes(hex: string): Uint8Array {
  return Buffer.from(hex, 'hex')
}

test.each([
  ['an indefinite length', '30800000'],
  ['a length in more bytes than needed', '30810100'],
  ['a length with a leading zero', '3082000500000000'],
  ['a length of five bytes', '308500000000010000'],
  ['content that is cut short', '30030201'],
  ['a header that is cut short', '3082'],
  ['bytes behind the element', '300000'],
  ['a tag of several bytes', '1f8100'],
  ['nothing', ''],
])('readDer refuses %s', (_what, hex) => {
  expect(() => readDer(bytes(hex))).toThrow('not a key in DER')
})

test.each([
  ['zero', '020100', 0n],
  ['one byte', '02017f', 127n],
  ['a byte for the sign', '02020080', 128n],
  ['more than 64 bits', '0209010000000000000000', 2n ** 64n],
])('readInteger reads %s', (_what, hex, value) => {
  expect(readInteger(readDer(bytes(hex)))).toBe(value)
})

test.each([
  ['a negative number', '020180'],
  ['a superfluous zero', '0202007f'],
  ['no digits', '0200'],
  ['another type', '040100'],
])('readInteger refuses %s', (_what, hex) => {
  expect(() => readInteger(readDer(bytes(hex)))).toThrow('not a key in DER')
})

test('a bit string with bits left over is refused', () => {
  expect(() => readBitString(readDer(bytes('03020780')))).toThrow('whole bytes')
})

test('a deep nest is read one level at a time', () => {
  let nest: Uint8Array = encodeSequence()
  for (let depth = 0; depth < 2_000; depth++) nest = encodeSequence(nest)
  expect(readSequence(readDer(nest))).toHaveLength(1)
})

test('what is encoded is read back', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 4096n }),
      fc.uint8Array({ maxLength: 300 }),
      (value, content) => {
        const [integer, octets] = readSequence(
          readDer(encodeSequence(encodeInteger(value), encodeOctetString(content))),
        )
        expect(readInteger(integer)).toBe(value)
        expect(toHex(octets?.content ?? new Uint8Array(1))).toBe(toHex(content))
      },
    ),
  )
})

test('siblings are told apart', () => {
  expect(readElements(bytes('0201010500')).map(({ tag }) => tag)).toEqual([2, 5])
})
