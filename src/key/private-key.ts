import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { AuthError } from '../errors.ts'
import { decryptPkcs8, decryptTraditional } from './encryption.ts'
import { isPrivateJwk, parseJwk, readPrivateJwk } from './jwk.ts'
import { foreignKeyError, nameError } from './key-error.ts'
import { type KeyEntry, listKeys } from './key-file.ts'
import {
  countBits,
  type ForeignKey,
  type PrivateNumbers,
  type PublicKey,
  type PublicNumbers,
  toPublicKey,
} from './key-numbers.ts'
import { encodePrivateInfo } from './pkcs8.ts'
import { readPkcs1, readPkcs8, readSec1 } from './private-numbers.ts'
import { readSpki } from './public-numbers.ts'

/** A private key that can sign tokens, with what its public half says of it. It prints no secret. */
export interface PrivateKey extends PublicKey {
  readonly keyObject: KeyObject
}

/** RFC 7518 §3.3: RS256 and its kin need a key of at least so many bits. */
const MIN_MODULUS_BITS = 2048

/** No verifier of Resonate's takes more, nor a larger exponent (ring's limits). */
const MAX_MODULUS_BITS = 8192
const MAX_EXPONENT = 2n ** 33n - 1n

/**
 * The private key in a file of any usual form: PKCS#8, PKCS#1, SEC 1 (plain or encrypted, PEM or DER) or JWK. `name`
 * begins the sentence of a failure. Throws AuthError: ERR_KEY_FORM (no usable private key), ERR_KEY_TYPE (no kind that
 * signs tokens), ERR_KEY_WEAK (RSA under 2048 bits), ERR_KEY_ENCRYPTED (no passphrase), ERR_KEY_PASSPHRASE (a wrong one).
 */
export function importPrivateKey(
  bytes: Uint8Array,
  passphrase?: string | Uint8Array,
  name = 'the private key',
): PrivateKey {
  try {
    return toPrivateKey(readPrivateEntry(choosePrivate(listKeys(bytes)), passphrase))
  } catch (error) {
    throw nameError(name, error)
  }
}

/** Whether a key file needs a passphrase before its private key can be read; false when it holds none. */
export function isEncrypted(bytes: Uint8Array): boolean {
  try {
    return choosePrivate(listKeys(bytes)).syntax.startsWith('encrypted')
  } catch {
    return false
  }
}

/** The private key of checked numbers. Throws AuthError when they are too weak, too large or foreign. */
export function toPrivateKey(numbers: PrivateNumbers | ForeignKey): PrivateKey {
  if (numbers.type === 'foreign') throw foreignKeyError(numbers)
  if (numbers.type === 'rsa') checkSize(numbers.modulus, numbers.exponent)
  const keyObject = toKeyObject(numbers)
  return { ...toPublicKey(derivePublic(numbers, keyObject)), keyObject }
}

/** The runtime's own key of checked numbers, strong or weak; its EC public half is computed, never read. */
export function toKeyObject(numbers: PrivateNumbers): KeyObject {
  const key = Buffer.from(encodePrivateInfo(numbers))
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

function checkSize(modulus: bigint, exponent: bigint): void {
  const bits = countBits(modulus)
  if (bits < MIN_MODULUS_BITS)
    throw new AuthError(
      'ERR_KEY_WEAK',
      `an RSA key of ${bits} bits; tokens need one of at least ${MIN_MODULUS_BITS} (RFC 7518 §3.3)`,
      { hints: ['make a new key with "resonate-auth keygen"'] },
    )
  if (bits > MAX_MODULUS_BITS || exponent > MAX_EXPONENT)
    throw new AuthError(
      'ERR_KEY_TYPE',
      bits > MAX_MODULUS_BITS
        ? `an RSA key of ${bits} bits; at most ${MAX_MODULUS_BITS} are accepted`
        : 'an RSA key whose public exponent is larger than 33 bits, which is accepted nowhere',
      { hints: ['make a new key with "resonate-auth keygen"'] },
    )
}

/** The public half that belongs to `numbers`. Throws AuthError when the file states another one. */
export function derivePublic(numbers: PrivateNumbers, keyObject: KeyObject): PublicNumbers {
  if (numbers.type === 'rsa')
    return { type: 'rsa', modulus: numbers.modulus, exponent: numbers.exponent }
  const half = readSpki(createPublicKey(keyObject).export({ format: 'der', type: 'spki' }))
  const fits =
    half.type === 'ed25519' && numbers.type === 'ed25519'
      ? numbers.public === undefined || Buffer.compare(half.point, numbers.public) === 0
      : half.type === 'ec' &&
        numbers.type === 'ec' &&
        (numbers.public === undefined ||
          (half.point.x === numbers.public.x && half.point.y === numbers.public.y))
  if (half.type === 'foreign' || !fits)
    throw new AuthError('ERR_KEY_FORM', 'a private key with the public half of another one')
  return half
}

/** The one private key among `entries`. Throws AuthError ERR_KEY_FORM when there is none, or more than one. */
function choosePrivate(entries: readonly KeyEntry[]): KeyEntry {
  const [chosen, second] = entries.filter(isPrivateEntry)
  if (second !== undefined)
    throw new AuthError('ERR_KEY_FORM', 'holds more than one private key', {
      hints: ['put the one to sign with into a file of its own'],
    })
  if (chosen !== undefined) return chosen
  const what = entries[0]?.syntax === 'X.509 certificate' ? 'a certificate' : 'a public key'
  throw new AuthError('ERR_KEY_FORM', `${what}; signing needs the private key`, {
    hints: ['give the file that "resonate-auth keygen" wrote as private.pem'],
  })
}

/** Whether `entry` holds a private key, encrypted or not. */
export function isPrivateEntry({ syntax, bytes }: KeyEntry): boolean {
  switch (syntax) {
    case 'PKCS#8':
    case 'PKCS#1':
    case 'SEC1':
    case 'encrypted PKCS#8':
    case 'encrypted PKCS#1':
    case 'encrypted SEC1':
    case 'OpenSSH private':
      return true
    case 'JWK':
      return isPrivateJwk(parseJwk(bytes))
    case 'SPKI':
    case 'PKCS#1 public':
    case 'X.509 certificate':
    case 'OpenSSH public':
      return false
  }
}

/** The numbers of the private key in `entry`. Throws AuthError. */
export function readPrivateEntry(
  entry: KeyEntry,
  passphrase: string | Uint8Array | undefined,
): PrivateNumbers | ForeignKey {
  switch (entry.syntax) {
    case 'PKCS#8':
      return readPkcs8(entry.bytes)
    case 'PKCS#1':
      return readPkcs1(entry.bytes)
    case 'SEC1':
      return readSec1(entry.bytes)
    case 'encrypted PKCS#8':
      return readPkcs8(decryptPkcs8(entry.bytes, requirePassphrase(passphrase)))
    case 'encrypted PKCS#1':
    case 'encrypted SEC1': {
      const bytes = decryptTraditional(entry, requirePassphrase(passphrase))
      return entry.syntax === 'encrypted SEC1' ? readSec1(bytes) : readPkcs1(bytes)
    }
    case 'JWK':
      return readPrivateJwk(parseJwk(entry.bytes))
    case 'OpenSSH private':
      throw new AuthError('ERR_KEY_FORM', 'a private key in OpenSSH form, which is not read', {
        hints: [
          'for RSA and ECDSA keys "ssh-keygen -p -m PKCS8 -f FILE" rewrites the file in place',
          'or make a key with "resonate-auth keygen"',
        ],
      })
    case 'SPKI':
    case 'PKCS#1 public':
    case 'X.509 certificate':
    case 'OpenSSH public':
      throw new AuthError('ERR_KEY_FORM', 'a public key; signing needs the private key')
  }
}

function requirePassphrase(passphrase: string | Uint8Array | undefined): Uint8Array {
  if (passphrase === undefined)
    throw new AuthError(
      'ERR_KEY_ENCRYPTED',
      'the private key is encrypted and no passphrase was given',
      {
        hints: ['give it with --passphrase-file or --passphrase-fd'],
      },
    )
  return Buffer.from(passphrase)
}
