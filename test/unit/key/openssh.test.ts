import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exportSpkiPem, importPublicKey } from '../../../src/key/public-key.ts'

function text(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

test.each([
  ['t-p256.pub.pem', 'nistp256'],
  ['t-p384.pub.pem', 'nistp384'],
])('an ECDSA line of OpenSSH holds %s', (name, curve) => {
  const pem = readFileSync(new URL(`../../vectors/keys/${name}`, import.meta.url), 'utf8')
  const { x = '', y = '' } = createPublicKey(pem).export({ format: 'jwk' })
  const point = Buffer.concat([
    Buffer.from([4]),
    Buffer.from(x, 'base64url'),
    Buffer.from(y, 'base64url'),
  ])
  const blob = Buffer.concat([text(`ecdsa-sha2-${curve}`), text(curve), text(point)])
  const line = `ecdsa-sha2-${curve} ${blob.toString('base64')} me@example.org\n`
  expect(exportSpkiPem(importPublicKey(Buffer.from(line)))).toBe(pem)
})

test.each([
  ['a DSA key', Buffer.concat([text('ssh-dss'), text('a'), text('b')]), 'an ssh-dss key'],
  ['a key that is cut short', text('ssh-ed25519'), 'cut short'],
  ['a length beyond the end', Buffer.from('ffffffff00', 'hex'), 'cut short'],
])('%s is refused', (_what, blob, sentence) => {
  expect(() => importPublicKey(Buffer.from(`ssh-x ${blob.toString('base64')}`))).toThrow(sentence)
})
