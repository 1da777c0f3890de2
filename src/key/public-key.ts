import { createHash } from 'node:crypto'
import { AuthError } from '../errors.ts'
import { encodePoint } from './curve.ts'
import { toHex } from './der.ts'
import {
  encodeBitString,
  encodeInteger,
  encodeNull,
  encodeOid,
  encodeSequence,
} from './der-encoding.ts'
import { encodeJwk, isPrivateJwk, type PublicJwk, parseJwk, readPublicJwk } from './jwk.ts'
import { foreignKeyError, nameError } from './key-error.ts'
import { type KeyEntry, listKeys } from './key-file.ts'
import { type ForeignKey, type PublicKey, type PublicNumbers, toPublicKey } from './key-numbers.ts'
import { Oid } from './oid.ts'
import { readOpenSshBlob, readOpenSshPrivate } from './openssh.ts'
import { encodePem } from './pem.ts'
import { derivePublic, isPrivateEntry, readPrivateEntry, toKeyObject } from './private-key.ts'
import { readCertificate, readPkcs1Public, readSpki } from './public-numbers.ts'

/** A public key out of a file, and what the file was. */
export interface ImportedPublicKey extends PublicKey {
  /** What the key was taken from, e.g. `an X.509 certificate` or `a private key in PKCS#8`. */
  readonly source: string
  /** How many keys the file holds; without a `kid` the first one was taken. */
  readonly count: number
}

export interface PublicKeyOptions {
  /** Which key of a JWKS. */
  readonly kid?: string
  /** For a private key that is encrypted. */
  readonly passphrase?: string | Uint8Array
}

/** Either half of a pair: what its public half says is the same. */
export interface HasNumbers {
  readonly numbers: PublicNumbers
}

/**
 * The public key in a file of any usual form: SPKI, PKCS#1, X.509 certificate, JWK, a JWKS with one key or the one that
 * `kid` names, OpenSSH, or a private key, of which the public half is taken. Weak keys are taken too: judging them is
 * the target's. `name`, e.g. the path, begins the sentence of a failure. Throws AuthError ERR_KEY_FORM, ERR_KEY_TYPE, ERR_KEY_ENCRYPTED or ERR_KEY_PASSPHRASE.
 */
export function importPublicKey(
  bytes: Uint8Array,
  name = 'the public key',
  { kid, passphrase }: PublicKeyOptions = {},
): ImportedPublicKey {
  try {
    const entries = listKeys(bytes)
    const entry = chooseEntry(entries, kid)
    const numbers = readPublicEntry(entry, passphrase)
    if (numbers.type === 'foreign') throw foreignKeyError(numbers)
    return { ...toPublicKey(numbers), source: nameSource(entry), count: entries.length }
  } catch (error) {
    throw nameError(name, error)
  }
}

function chooseEntry(entries: readonly KeyEntry[], kid: string | undefined): KeyEntry {
  const jwks = entries.filter(({ syntax }) => syntax === 'JWK')
  const named = kid === undefined ? entries : jwks.filter((entry) => jwkId(entry) === kid)
  const [first, second] = named
  if (first === undefined)
    throw new AuthError('ERR_KEY_FORM', `holds no key with the kid "${kid ?? ''}"`)
  if (second !== undefined && jwks.length > 0)
    throw new AuthError('ERR_KEY_FORM', `a JWKS of ${named.length} keys`, {
      hints: ['say which one with its kid, or put it into a file of its own'],
    })
  return first
}

function jwkId({ bytes }: KeyEntry): unknown {
  const { kid } = parseJwk(bytes)
  return kid
}

/** The public numbers of any entry. Throws AuthError. */
export function readPublicEntry(
  entry: KeyEntry,
  passphrase?: string | Uint8Array,
): PublicNumbers | ForeignKey {
  switch (entry.syntax) {
    case 'SPKI':
      return readSpki(entry.bytes)
    case 'PKCS#1 public':
      return readPkcs1Public(entry.bytes)
    case 'X.509 certificate':
      return readCertificate(entry.bytes)
    case 'OpenSSH public':
      return readOpenSshBlob(entry.bytes)
    case 'OpenSSH private':
      return readOpenSshPrivate(entry.bytes)
    case 'JWK':
      return readPublicJwk(parseJwk(entry.bytes))
    case 'encrypted PKCS#8':
    case 'encrypted PKCS#1':
    case 'encrypted SEC1':
      if (passphrase === undefined) throw encryptedError()
      return derivedHalf(entry, passphrase)
    case 'PKCS#8':
    case 'PKCS#1':
    case 'SEC1':
      return derivedHalf(entry, passphrase)
  }
}

function encryptedError(): AuthError {
  return new AuthError(
    'ERR_KEY_ENCRYPTED',
    'an encrypted private key, whose public half is not readable',
    { hints: ['give the public key instead'] },
  )
}

function derivedHalf(
  entry: KeyEntry,
  passphrase: string | Uint8Array | undefined,
): PublicNumbers | ForeignKey {
  const numbers = readPrivateEntry(entry, passphrase)
  return numbers.type === 'foreign' ? numbers : derivePublic(numbers, toKeyObject(numbers))
}

function nameSource(entry: KeyEntry): string {
  const { syntax } = entry
  if (syntax === 'JWK')
    return isPrivateJwk(parseJwk(entry.bytes)) ? 'a private key in JWK' : 'a public key in JWK'
  if (syntax === 'X.509 certificate') return 'an X.509 certificate'
  if (isPrivateEntry(entry)) return `a private key in ${syntax.replace(' private', '')}`
  return `a public key in ${syntax.replace(' public', '')}`
}

/** The SubjectPublicKeyInfo in DER (RFC 5280 §4.1.2.7), EC points uncompressed. */
export function exportSpki({ numbers }: HasNumbers): Uint8Array {
  switch (numbers.type) {
    case 'ed25519':
      return encodeSequence(encodeSequence(encodeOid(Oid.ed25519)), encodeBitString(numbers.point))
    case 'ec':
      return encodeSequence(
        encodeSequence(encodeOid(Oid.ec), encodeOid(numbers.curve.oid)),
        encodeBitString(encodePoint(numbers.curve, numbers.point)),
      )
    case 'rsa':
      return encodeSequence(
        encodeSequence(encodeOid(Oid.rsa), encodeNull()),
        encodeBitString(
          encodeSequence(encodeInteger(numbers.modulus), encodeInteger(numbers.exponent)),
        ),
      )
  }
}

/** The SubjectPublicKeyInfo as PEM, the form a server's `publickey` names. */
export function exportSpkiPem(key: HasNumbers): string {
  return encodePem('PUBLIC KEY', exportSpki(key))
}

/** The public half as JWK, with the required members alone. */
export function exportJwk({ numbers }: HasNumbers): PublicJwk {
  return encodeJwk(numbers)
}

/** The `kid` of a key: its RFC 7638 thumbprint, base64url of SHA-256. */
export async function keyId(key: HasNumbers): Promise<string> {
  const { calculateJwkThumbprint } = await import('jose/jwk/thumbprint')
  return calculateJwkThumbprint(exportJwk(key))
}

/** SHA-256 over the SPKI, in hexadecimal: what `openssl pkey -pubin -outform der | sha256sum` prints. */
export function spkiFingerprint(key: HasNumbers): string {
  return toHex(createHash('sha256').update(exportSpki(key)).digest())
}
