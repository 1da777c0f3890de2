import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import {
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from '../../../src/key/der-encoding.ts'
import { Oid } from '../../../src/key/oid.ts'
import { encodePem } from '../../../src/key/pem.ts'
import { importPrivateKey } from '../../../src/key/private-key.ts'
import { exportSpkiPem } from '../../../src/key/public-key.ts'

function read(name: string): Buffer {
  return readFileSync(new URL(`../../vectors/keys/${name}`, import.meta.url))
}

function jwkOf(name: string): Record<string, unknown> {
  return { ...createPrivateKey(read(name)).export({ format: 'jwk' }) }
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}

const NAMES = ['t-ed25519', 't-p256', 't-p384', 't-rsa2048'] as const

test.each(NAMES)('%s is the same key as JWK, in a JWKS, in DER and in base64', (name) => {
  const pem = read(`${name}.pem`)
  const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' })
  const forms = [
    json(jwkOf(`${name}.pem`)),
    json({ keys: [jwkOf(`${name}.pem`)] }),
    json([jwkOf(`${name}.pem`)]),
    der,
    Buffer.from(der.toString('base64')),
    Buffer.from(pem.toString('base64').replaceAll(/.{76}/g, '$&\n')),
    Buffer.from(JSON.stringify(pem.toString())),
    Buffer.from(`\u{feff}${pem.toString()}`, 'utf16le'),
  ]
  const expected = read(`${name}.pub.pem`).toString()
  expect(forms.map((bytes) => exportSpkiPem(importPrivateKey(bytes)))).toEqual(
    forms.map(() => expected),
  )
})

const RSA_MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const

test.each(RSA_MEMBERS)('an RSA key whose %s belongs to another key is refused', (member) => {
  const other = member === 'e' ? 'Aw' : jwkOf('t-rsa2048-other.pem')[member]
  const mixed = { ...jwkOf('t-rsa2048.pem'), [member]: other }
  expect(() => importPrivateKey(json(mixed))).toThrow('do not fit each other')
})

test.each(RSA_MEMBERS)('an RSA JWK without %s is refused', (member) => {
  const { [member]: _left, ...rest } = jwkOf('t-rsa2048.pem')
  expect(() => importPrivateKey(json({ d: 'AQ', ...rest }))).toThrow(
    /is not base64url|fit each other/,
  )
})

test.each(['t-ed25519', 't-p256', 't-p384'])(
  '%s with the public half of another key is refused',
  (name) => {
    const { d } = jwkOf(`${name}.pem`)
    const other = name === 't-p384' ? 'h-p384.pem' : `${name}-other.pem`
    expect(() => importPrivateKey(json({ ...jwkOf(other), d }))).toThrow(
      'public half of another one',
    )
  },
)

test.each([
  ['zero', '00'.repeat(32)],
  ['the order of the curve', 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'],
])('an EC scalar of %s is refused before node:crypto sees it', (_what, hex) => {
  const sec1 = encodeSequence(encodeInteger(1n), encodeOctetString(Buffer.from(hex, 'hex')))
  const algorithm = encodeSequence(encodeOid(Oid.ec), encodeOid(Oid.p256))
  const info = encodeSequence(encodeInteger(0n), algorithm, encodeOctetString(sec1))
  expect(() => importPrivateKey(info)).toThrow('out of the range of P-256')
})

test.each([
  [{ kty: 'oct', k: 'AAAA' }, 'a symmetric key; tokens are signed with'],
  [{ kty: 'EC', crv: 'secp256k1', d: 'AA' }, 'a secp256k1 key'],
  [{ kty: 'OKP', crv: 'X25519', d: 'AA' }, 'an X25519 key'],
  [{ kty: 'RSA', d: 'AA', oth: [] }, 'more than two primes'],
  [{ kty: 'OKP', crv: 'Ed25519', d: 'AA', x: 'AA' }, 'has 32 bytes, this one 1'],
  [{ kty: 'OKP', crv: 'Ed25519', x: 'AA' }, 'a public key'],
  [{ kty: 'OKP', crv: 'Ed25519', d: 'A==', x: 'AA' }, '"d" is not base64url'],
])('the JWK %j is refused: %s', (jwk, sentence) => {
  expect(() => importPrivateKey(json(jwk))).toThrow(sentence)
})

test('two private keys in one file are refused', () => {
  const both = Buffer.concat([read('t-ed25519.pem'), read('t-p256.pem')])
  expect(() => importPrivateKey(both)).toThrow('more than one private key')
})

test('the name of the file begins the sentence', () => {
  expect(() => importPrivateKey(read('k-empty.pem'), undefined, 'a.pem')).toThrow(
    /^a\.pem: is empty$/,
  )
})

test('a key that is printed shows nothing of its secret', () => {
  const secrets = NAMES.map((name) => {
    const { d } = jwkOf(`${name}.pem`)
    return typeof d === 'string' ? d : 'missing'
  })
  const printed = NAMES.map((name) => {
    const key = importPrivateKey(read(`${name}.pem`))
    return `${inspect(key, { depth: 9 })} ${JSON.stringify(key.keyObject)}`
  }).join('\n')
  const shown = secrets.filter((secret) => {
    const bytes = Buffer.from(secret, 'base64url')
    return (
      printed.includes(secret) ||
      printed.includes(bytes.toString('hex')) ||
      printed.includes(`${BigInt(`0x${bytes.toString('hex')}`)}`)
    )
  })
  expect(shown).toEqual([])
})

test('a passphrase-protected file that asks for endless rounds is refused at once', () => {
  const derivation = encodeSequence(
    encodeOid(Oid.pbkdf2),
    encodeSequence(encodeOctetString(new Uint8Array(8)), encodeInteger(2n ** 40n)),
  )
  const cipher = encodeSequence(encodeOid(Oid.aes256Cbc), encodeOctetString(new Uint8Array(16)))
  const scheme = encodeSequence(encodeOid(Oid.pbes2), encodeSequence(derivation, cipher))
  const pem = encodePem(
    'ENCRYPTED PRIVATE KEY',
    encodeSequence(scheme, encodeOctetString(new Uint8Array(64))),
  )
  expect(() => importPrivateKey(Buffer.from(pem), 'x')).toThrow(
    'encrypted with no round or with more than',
  )
})
