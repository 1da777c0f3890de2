import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AuthError } from '../../../src/errors.ts'
import { describeKeys } from '../../../src/key/describe.ts'
import { exportPkcs8Pem } from '../../../src/key/private-export.ts'
import { importPrivateKey, isEncrypted } from '../../../src/key/private-key.ts'
import { exportSpki, exportSpkiPem, importPublicKey } from '../../../src/key/public-key.ts'

const FOLDER = new URL('../../vectors/keys/', import.meta.url)
const FILES = readdirSync(FOLDER)

function read(name: string): Buffer {
  return readFileSync(new URL(name, FOLDER))
}

/** The AuthError's code, or `ok`; anything else that is thrown fails the test. */
function outcome(work: () => unknown): string {
  try {
    work()
    return 'ok'
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

test('every file gives a key or an AuthError with a way out', () => {
  const silent = FILES.filter((name) => {
    try {
      importPrivateKey(read(name), 'x', name)
      return false
    } catch (error) {
      return !(
        error instanceof AuthError &&
        error.hints.length > 0 &&
        error.message.startsWith(name)
      )
    }
  })
  expect(silent).toEqual([])
  expect(FILES.map((name) => outcome(() => importPublicKey(read(name))))).not.toContain('bug')
  expect(FILES.map((name) => outcome(() => describeKeys(read(name), 'x')))).not.toContain('bug')
})

/** On these `node:crypto` aborts the process. */
const FATAL_TO_NODE = new Set(['k-ec-p256-infinity.pem'])

/** What `node:crypto` itself reads from the file, where it reads anything that tokens are signed with. */
function readByNode(name: string): KeyObject | undefined {
  if (FATAL_TO_NODE.has(name)) return undefined
  try {
    const key = createPublicKey(read(name))
    const details = key.asymmetricKeyDetails
    const known =
      key.asymmetricKeyType === 'rsa' ||
      key.asymmetricKeyType === 'ed25519' ||
      details?.namedCurve === 'prime256v1' ||
      details?.namedCurve === 'secp384r1'
    return known ? key : undefined
  } catch {
    return undefined
  }
}

/** Keys that node reads and this tool refuses: it wants a curve by its name, and its DER strict. */
const STRICTER_THAN_NODE = [
  'g-rsa2048.der-trailing-byte.pub.pem',
  'h-rsa2048.trailing-der-byte.pub.pem',
  'k-der-trailing-byte.pem',
  'k-ec-p256-explicit.pem',
  'k-ec-p384-explicit.pem',
]

test('every public key that node:crypto reads is read as the same key', () => {
  const differing = FILES.filter((name) => {
    const theirs = readByNode(name)
    if (theirs === undefined) return false
    // Importing again and exporting settles the form of EC points.
    const spki = createPublicKey({ key: theirs.export({ format: 'jwk' }), format: 'jwk' }).export({
      format: 'der',
      type: 'spki',
    })
    try {
      return Buffer.compare(exportSpki(importPublicKey(read(name))), spki) !== 0
    } catch {
      return true
    }
  })
  expect(differing).toEqual(STRICTER_THAN_NODE)
})

test('an odd form of a key is the same key or is refused', () => {
  const refused = FILES.filter((name) => /^[gh]-(?:rsa2048|p256)\./.test(name)).filter((name) => {
    const plain = `${name.slice(0, name.indexOf('.'))}.pub.pem`
    try {
      expect(exportSpkiPem(importPublicKey(read(name)))).toBe(
        exportSpkiPem(importPublicKey(read(plain))),
      )
      return false
    } catch (error) {
      if (error instanceof AuthError) return true
      throw error
    }
  })
  expect(refused).toEqual([
    'g-rsa2048.corrupt-base64.pub.pem',
    'g-rsa2048.csr.pem',
    'g-rsa2048.der-trailing-byte.pub.pem',
    'g-rsa2048.encrypted.pem',
    'g-rsa2048.four-dashes.pub.pem',
    'g-rsa2048.label-mismatch.pub.pem',
    'g-rsa2048.lower-case-label.pub.pem',
    'g-rsa2048.no-end.pub.pem',
    'g-rsa2048.truncated.pub.pem',
    'h-rsa2048.corrupt-base64.pub.pem',
    'h-rsa2048.csr.pem',
    'h-rsa2048.encrypted.pem',
    'h-rsa2048.five-dashes-spaces.pub.pem',
    'h-rsa2048.label-mismatch.pub.pem',
    'h-rsa2048.no-begin.pub.pem',
    'h-rsa2048.no-end.pub.pem',
    'h-rsa2048.trailing-der-byte.pub.pem',
    'h-rsa2048.truncated-der.pub.pem',
  ])
})

test('every private key of a supported kind is the one that node:crypto reads', () => {
  const differing = FILES.filter((name) => {
    let theirs: KeyObject
    try {
      theirs = createPrivateKey(read(name))
    } catch {
      return false
    }
    if (outcome(() => importPrivateKey(read(name))) !== 'ok') return false
    return (
      exportPkcs8Pem(importPrivateKey(read(name))) !==
      theirs.export({ format: 'pem', type: 'pkcs8' })
    )
  })
  expect(differing).toEqual([])
})

test.each([
  ['t-ed25519.pem', 'EdDSA'],
  ['t-p256.pem', 'ES256'],
  ['h-p256.sec1.pem', 'ES256'],
  ['k-private-ec-p256-with-parameters.pem', 'ES256'],
  ['k-private-ec-p384-sec1.pem', 'ES384'],
  ['t-rsa2048.pem', 'RS256'],
  ['g-rsa2048.pkcs1.pem', 'RS256'],
  ['g-rsa2048-e3.pem', 'RS256'],
  ['h-rsa8192.pem', 'RS256'],
  ['k-private-rsa2048-then-public.pem', 'RS256'],
  ['k-public-then-private-rsa2048.pem', 'RS256'],
])('%s signs with %s by default', (name, algorithm) => {
  expect(importPrivateKey(read(name)).algorithms[0]).toBe(algorithm)
})

test.each([
  ['g-rsa2048.encrypted.pem', 'secret', 'g-rsa2048.pub.pem'],
  ['h-rsa2048.encrypted.pem', 'test', 'h-rsa2048.pub.pem'],
  ['k-private-ec-p256-encrypted-pkcs8.pem', 'x', 'k-ec-p256.pem'],
  ['k-private-ec-p256-encrypted-sec1.pem', 'x', 'k-ec-p256.pem'],
  ['k-private-ed25519-encrypted-pkcs8.pem', 'x', 'k-ed25519.pem'],
  ['k-private-rsa2048-encrypted-pkcs1.pem', 'x', 'k-rsa2048.pem'],
  ['k-private-rsa2048-encrypted-pkcs8.pem', 'x', 'k-rsa2048.pem'],
])('%s opens with its passphrase and no other', (name, passphrase, publicName) => {
  expect(isEncrypted(read(name))).toBe(true)
  expect(exportSpkiPem(importPrivateKey(read(name), passphrase))).toBe(
    exportSpkiPem(importPublicKey(read(publicName))),
  )
  expect(outcome(() => importPrivateKey(read(name)))).toBe('ERR_KEY_ENCRYPTED')
  expect(outcome(() => importPrivateKey(read(name), `${passphrase}!`))).toBe('ERR_KEY_PASSPHRASE')
})

test.each([
  ['t-rsa1024.pem', 'ERR_KEY_WEAK', /1024 bits/],
  ['h-rsa2047.pem', 'ERR_KEY_WEAK', /2047 bits/],
  ['h-rsa8256.pem', 'ERR_KEY_TYPE', /8256 bits/],
  ['t-p521.pem', 'ERR_KEY_TYPE', /P-521/],
  ['t-secp256k1.pem', 'ERR_KEY_TYPE', /secp256k1/],
  ['g-ed448.pem', 'ERR_KEY_TYPE', /Ed448/],
  ['g-x25519.pem', 'ERR_KEY_TYPE', /X25519/],
  ['g-rsapss2048.pem', 'ERR_KEY_TYPE', /RSA-PSS/],
  ['k-private-dsa.pem', 'ERR_KEY_TYPE', /DSA/],
  ['k-ssh-ed25519-private.pem', 'ERR_KEY_FORM', /OpenSSH/],
  ['t-ed25519.pub.pem', 'ERR_KEY_FORM', /a public key; signing needs the private key/],
  ['g-rsa2048.private-label.pub.pem', 'ERR_KEY_FORM', /a public key/],
  ['h-p256.cert.pem', 'ERR_KEY_FORM', /a certificate/],
  ['g-rsa2048.csr.pem', 'ERR_KEY_FORM', /certificate request/],
  ['k-pgp.txt', 'ERR_KEY_FORM', /OpenPGP/],
  ['k-empty.pem', 'ERR_KEY_FORM', /empty/],
  ['k-no-end.pem', 'ERR_KEY_FORM', /no END line/],
])('%s cannot sign: %s', (name, code, sentence) => {
  expect(outcome(() => importPrivateKey(read(name)))).toBe(code)
  expect(() => importPrivateKey(read(name))).toThrow(sentence)
})

test.each([
  ['k-ec-p256-infinity.pem', /not on P-256/],
  ['k-ec-p256-point-off-curve.pem', /not on P-256/],
  ['k-ed25519-31-bytes.pem', /has 32 bytes, this one 31/],
  ['k-ed25519-with-null-params.pem', /parameters/],
  ['k-ec-p256-explicit.pem', /explicit curve parameters/],
  ['k-ec-bp256.pem', /brainpoolP256r1/],
])('%s is no public key: %s', (name, sentence) => {
  expect(() => importPublicKey(read(name))).toThrow(sentence)
})
