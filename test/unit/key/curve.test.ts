import { createECDH } from 'node:crypto'
import { expect, test } from 'vitest'
import { CURVES, encodePoint, readPoint } from '../../../src/key/curve.ts'

const NODE_NAMES = { 'P-256': 'prime256v1', 'P-384': 'secp384r1' } as const

test.each(['P-256', 'P-384'] as const)('every form of a point of %s is the same point', (name) => {
  const ecdh = createECDH(NODE_NAMES[name])
  const differing = Array.from({ length: 20 }, () => {
    ecdh.generateKeys()
    const plain = ecdh.getPublicKey('hex')
    return (['uncompressed', 'compressed', 'hybrid'] as const).filter((form) => {
      const point = readPoint(CURVES[name], ecdh.getPublicKey(null, form))
      return (
        point === undefined ||
        Buffer.from(encodePoint(CURVES[name], point)).toString('hex') !== plain
      )
    })
  }).flat()
  expect(differing).toEqual([])
})

const ZEROS = '00'.repeat(32)

test.each([
  ['infinity', '00'],
  ['nothing', ''],
  ['the origin', `04${ZEROS}${ZEROS}`],
  ['a coordinate outside the field', `04${'ff'.repeat(32)}${ZEROS}`],
  ['too few bytes', `04${ZEROS}`],
  ['too many bytes', `02${ZEROS}00`],
  ['an unknown form', `05${ZEROS}${ZEROS}`],
  // x = 1 gives no square on P-256.
  ['an x without a y', `02${ZEROS.slice(0, 62)}01`],
])('%s is no point', (_what, hex) => {
  expect(readPoint(CURVES['P-256'], Buffer.from(hex, 'hex'))).toBe(undefined)
})
