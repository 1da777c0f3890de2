import { createHash, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { calculateJwkThumbprint } from 'jose'
import { expect, test } from 'vitest'
import { describeKeys, nameKey } from '../../../src/key/describe.ts'
import {
  exportJwk,
  exportSpkiPem,
  importPublicKey,
  keyId,
  spkiFingerprint,
} from '../../../src/key/public-key.ts'

function read(name: string): Buffer {
  return readFileSync(new URL(`../../vectors/keys/${name}`, import.meta.url))
}

const NAMES = [
  't-ed25519.pub.pem',
  't-p256.pub.pem',
  't-p384.pub.pem',
  't-rsa3072.pub.pem',
] as const

test.each(NAMES)('%s: JWK, kid and fingerprint are those of node:crypto and jose', async (name) => {
  const key = importPublicKey(read(name))
  const theirs = createPublicKey(read(name))
  const jwk = theirs.export({ format: 'jwk' })
  expect(exportJwk(key)).toEqual(jwk)
  expect(await keyId(key)).toBe(await calculateJwkThumbprint(jwk))
  expect(spkiFingerprint(key)).toBe(
    createHash('sha256')
      .update(theirs.export({ format: 'der', type: 'spki' }))
      .digest('hex'),
  )
})

test.each([
  ['t-p256.pub.pem', 'a public key in SPKI'],
  ['t-p256.pem', 'a private key in PKCS#8'],
  ['h-p256.sec1.pem', 'a private key in SEC1'],
  ['g-rsa2048.pkcs1.pub.pem', 'a public key in PKCS#1'],
  ['h-p256.cert.pem', 'an X.509 certificate'],
  ['k-cert-rsa2048-trusted-label.pem', 'an X.509 certificate'],
  ['k-ed25519.jwk.json', 'a public key in JWK'],
  ['k-ssh-ed25519-public.txt', 'a public key in OpenSSH'],
  ['k-ssh-ed25519-private.pem', 'a private key in OpenSSH'],
])('%s is told to be %s', (name, source) => {
  expect(importPublicKey(read(name)).source).toBe(source)
})

test.each([
  ['k-ssh-ed25519-private.pem', 'k-ssh-ed25519-public.txt'],
  ['k-ssh-ed25519-rfc4716.txt', 'k-ssh-ed25519-public.txt'],
  ['k-ssh-rsa-private.pem', 'k-ssh-rsa-public.txt'],
  ['k-ssh-rsa-rfc4716.txt', 'k-ssh-rsa-public.txt'],
  ['k-ssh-rsa-pem-export.pem', 'k-ssh-rsa-public.txt'],
  ['k-ssh-ed25519-from-k-ed25519.txt', 'k-ed25519.pem'],
  ['k-ec-p256-compressed.pem', 'k-ec-p256.pem'],
  ['k-ec-p384-hybrid.pem', 'k-ec-p384.pem'],
])('%s holds the key of %s', (name, other) => {
  expect(exportSpkiPem(importPublicKey(read(name)))).toBe(
    exportSpkiPem(importPublicKey(read(other))),
  )
})

function jwks(): Buffer {
  const keys = NAMES.map((name, index) => ({
    ...exportJwk(importPublicKey(read(name))),
    kid: `k${index}`,
  }))
  return Buffer.from(JSON.stringify({ keys }))
}

test('the key of a JWKS is chosen by its kid', () => {
  expect(exportSpkiPem(importPublicKey(jwks(), 'keys', { kid: 'k1' }))).toBe(
    read(NAMES[1]).toString(),
  )
  expect(() => importPublicKey(jwks(), 'keys', { kid: 'k9' })).toThrow(
    'keys: holds no key with the kid "k9"',
  )
  expect(() => importPublicKey(jwks(), 'keys')).toThrow('keys: a JWKS of 4 keys')
})

test('weak keys are taken: judging them is the part of the target', () => {
  expect(importPublicKey(read('t-rsa1024.pub.pem')).type).toBe('rsa')
})

test.each([
  ['t-ed25519.pem', 'Ed25519', { private: true, encrypted: false }],
  ['t-rsa1024.pub.pem', 'RSA 1024', { private: false, encrypted: false }],
  ['k-cert-ec-p384-self.pem', 'EC P-384', { private: false, encrypted: false }],
  ['t-p521.pem', 'P-521', { private: true, encrypted: false }],
])('%s is described as %s', (name, words, facts) => {
  const [description] = describeKeys(read(name))
  expect(description).toMatchObject(facts)
  expect(description?.key === undefined ? undefined : nameKey(description.key)).toBe(words)
})

test('an encrypted key is described without its passphrase, and fully with it', () => {
  const name = 'k-private-ed25519-encrypted-pkcs8.pem'
  expect(describeKeys(read(name))).toMatchObject(
    [{ private: true, encrypted: true, problem: /encrypted/ }].map(
      ({ problem: _problem, ...rest }) => rest,
    ),
  )
  expect(describeKeys(read(name))[0]?.key).toBe(undefined)
  expect(describeKeys(read(name), 'x')[0]?.key?.type).toBe('Ed25519')
})

test('every key of a file is described', () => {
  expect(describeKeys(read('k-two-blocks-ed-then-rsa.pem')).map(({ key }) => key?.type)).toEqual([
    'Ed25519',
    'RSA',
  ])
})
