import { createPrivateKey, type JsonWebKey } from 'node:crypto'
import { AuthError } from '../errors.ts'
import { encodeInteger, encodeSequence } from './der-encoding.ts'
import { describeNumbers, nameKey } from './describe.ts'
import type { PrivateFormat, PublicFormat } from './key-format.ts'
import type { PublicNumbers } from './key-numbers.ts'
import { encodePem } from './pem.ts'
import { exportPkcs8, exportPkcs8Pem } from './private-export.ts'
import type { PrivateKey } from './private-key.ts'
import { exportJwk, exportSpki, exportSpkiPem, keyId } from './public-key.ts'

/** A public key to write, and the kid that its file states. */
export interface NamedNumbers {
  readonly numbers: PublicNumbers
  readonly kid?: string | undefined
}

/**
 * The public key in `format`: PEM and JSON as text that ends with a line feed, DER as bytes. Throws AuthError ERR_KEY_TYPE
 * for PKCS#1 of a key that is not RSA.
 */
export async function exportPublic(
  format: PublicFormat,
  key: NamedNumbers,
): Promise<string | Uint8Array> {
  switch (format) {
    case 'spki':
      return exportSpkiPem(key)
    case 'spki-der':
      return exportSpki(key)
    case 'pkcs1':
      return encodePem('RSA PUBLIC KEY', encodePkcs1Public(key.numbers))
    case 'jwk':
      return toJson(exportJwk(key))
    case 'jwks':
      return exportJwks([key])
  }
}

/** A JWKS (RFC 7517 §5) of public keys; each has the kid that its file states, else its RFC 7638 thumbprint. */
export async function exportJwks(keys: readonly NamedNumbers[]): Promise<string> {
  const members = keys.map(async (key) => ({
    ...exportJwk(key),
    kid: key.kid ?? (await keyId(key)),
  }))
  return toJson({ keys: await Promise.all(members) })
}

/**
 * The private key in `format`, unencrypted. Throws AuthError ERR_KEY_TYPE for PKCS#1 of a key that is not RSA and SEC1 of
 * one that is not EC.
 */
export async function exportPrivate(
  format: PrivateFormat,
  key: PrivateKey,
  kid?: string,
): Promise<string | Uint8Array> {
  switch (format) {
    case 'pkcs8':
      return exportPkcs8Pem(key)
    case 'pkcs8-der':
      return exportPkcs8(key)
    case 'pkcs1':
      if (key.type !== 'rsa') throw otherKind('PKCS#1', 'RSA', key.numbers)
      return key.keyObject.export({ format: 'pem', type: 'pkcs1' }).toString()
    case 'sec1':
      if (key.type !== 'ec') throw otherKind('SEC1', 'EC', key.numbers)
      return exportSec1(key)
    case 'jwk':
      return toJson(exportPrivateJwk(key))
    case 'jwks':
      return toJson({ keys: [{ ...exportPrivateJwk(key), kid: kid ?? (await keyId(key)) }] })
  }
}

/** From the PKCS#8 that carries the public half, so that the SEC1 form carries it too. */
function exportSec1(key: PrivateKey): string {
  const info = Buffer.from(exportPkcs8(key))
  const whole = createPrivateKey({ key: info, format: 'der', type: 'pkcs8' })
  return whole.export({ format: 'pem', type: 'sec1' }).toString()
}

function exportPrivateJwk({ keyObject }: PrivateKey): JsonWebKey {
  return keyObject.export({ format: 'jwk' })
}

function encodePkcs1Public(numbers: PublicNumbers): Uint8Array {
  if (numbers.type !== 'rsa') throw otherKind('PKCS#1', 'RSA', numbers)
  return encodeSequence(encodeInteger(numbers.modulus), encodeInteger(numbers.exponent))
}

function otherKind(form: string, kind: string, numbers: PublicNumbers): AuthError {
  return new AuthError(
    'ERR_KEY_TYPE',
    `${form} is for ${kind} keys, and this is an ${nameKey(describeNumbers(numbers))} key`,
    { hints: ['PKCS#8 and SPKI hold every kind of key: --to pkcs8, --to spki'] },
  )
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
