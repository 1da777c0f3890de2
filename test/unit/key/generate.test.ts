import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { ENCRYPTION_RANDOM_SIZE } from '../../../src/key/encryption.ts'
import { generateEc, generateEd25519 } from '../../../src/key/generate.ts'
import { exportEncryptedPem, exportPkcs8, exportPkcs8Pem } from '../../../src/key/private-export.ts'
import { importPrivateKey } from '../../../src/key/private-key.ts'
import { exportSpkiPem } from '../../../src/key/public-key.ts'

const KEYS = [
  ['Ed25519', generateEd25519(randomBytes)],
  ['P-256', generateEc('P-256', randomBytes)],
  ['P-384', generateEc('P-384', randomBytes)],
] as const

test.each(KEYS)('a new %s key is what node:crypto would write', (_name, key) => {
  const theirs = createPrivateKey(exportPkcs8Pem(key))
  expect(exportPkcs8Pem(key)).toBe(theirs.export({ format: 'pem', type: 'pkcs8' }))
})

test.each(KEYS)('a new %s key is read back from PEM and DER', (_name, key) => {
  for (const bytes of [Buffer.from(exportPkcs8Pem(key)), exportPkcs8(key)])
    expect(exportSpkiPem(importPrivateKey(bytes))).toBe(exportSpkiPem(key))
})

test.each(KEYS)('an encrypted %s key is opened by node:crypto and by us', (_name, key) => {
  const passphrase = Buffer.from('pass phräse')
  const pem = exportEncryptedPem(key, passphrase, randomBytes(ENCRYPTION_RANDOM_SIZE))
  const theirs = createPrivateKey({ key: pem, passphrase })
  expect(theirs.export({ format: 'pem', type: 'pkcs8' })).toBe(exportPkcs8Pem(key))
  expect(exportPkcs8Pem(importPrivateKey(Buffer.from(pem), passphrase))).toBe(exportPkcs8Pem(key))
})

test('the seed of an Ed25519 key is what the source gave', () => {
  const key = generateEd25519(() => new Uint8Array(32).fill(7))
  expect(Buffer.from(exportPkcs8(key)).subarray(-32).toString('hex')).toBe('07'.repeat(32))
})

test('a scalar out of range is drawn again', () => {
  const draws = [new Uint8Array(32).fill(0xff), new Uint8Array(32), new Uint8Array(32).fill(1)]
  const key = generateEc('P-256', () => draws.shift() ?? new Uint8Array(32))
  expect(Buffer.from(exportPkcs8(key)).toString('hex')).toContain('01'.repeat(32))
})

test('a source that gives the same wrong bytes for ever is not waited for', () => {
  expect(() => generateEc('P-384', (size) => new Uint8Array(size))).toThrow('random')
})

const openssl = spawnSync('openssl', ['version']).status === 0

test.skipIf(!openssl)('OpenSSL opens an encrypted key (skipped without openssl)', () => {
  const [, key] = KEYS[0]
  const pem = exportEncryptedPem(key, Buffer.from('secret'), randomBytes(ENCRYPTION_RANDOM_SIZE))
  const spki = execFileSync('openssl', ['pkey', '-pubout', '-passin', 'pass:secret'], {
    input: pem,
  })
  expect(spki.toString()).toBe(exportSpkiPem(key))
})

test.skipIf(!openssl).each([
  ['PBKDF2 with SHA-1 and 3DES', ['-v2', 'des-ede3-cbc', '-v2prf', 'hmacWithSHA1']],
  ['PBKDF2 with SHA-512 and AES-128', ['-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA512']],
  ['scrypt and AES-256', ['-scrypt', '-v2', 'aes-256-cbc']],
])('a key that OpenSSL encrypted with %s is opened', (_name, options) => {
  const [, key] = KEYS[1]
  const pem = execFileSync('openssl', ['pkcs8', '-topk8', '-passout', 'pass:secret', ...options], {
    input: exportPkcs8Pem(key),
  })
  expect(exportPkcs8Pem(importPrivateKey(pem, 'secret'))).toBe(exportPkcs8Pem(key))
})
