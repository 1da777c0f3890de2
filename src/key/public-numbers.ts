import { AuthError } from '../errors.ts'
import { CURVES, type Curve, readPoint } from './curve.ts'
import {
  type DerElement,
  derError,
  readBitString,
  readDer,
  readElements,
  readInteger,
  readOid,
  readSequence,
  Tag,
  toBigInt,
} from './der.ts'
import { countBits, type ForeignKey, type PublicNumbers } from './key-numbers.ts'
import { nameAlgorithm, nameCurve, Oid } from './oid.ts'

/** An AlgorithmIdentifier of a key: which kind it is, and on which curve. */
export type KeyAlgorithm =
  | { readonly type: 'ed25519' | 'rsa' }
  | { readonly type: 'ec'; readonly curve: Curve }
  | ForeignKey

/** What an AlgorithmIdentifier names (RFC 5280 §4.1.1.2). Throws AuthError when it is not one. */
export function readAlgorithm(element: DerElement | undefined): KeyAlgorithm {
  const [oid, parameters] = readSequence(element)
  const name = readOid(oid)
  switch (name) {
    case Oid.ed25519:
      // RFC 8410 §3: the parameters must be absent.
      if (parameters !== undefined) throw derError('parameters that an Ed25519 key does not have')
      return { type: 'ed25519' }
    case Oid.rsa:
      return { type: 'rsa' }
    case Oid.ec:
      return readCurve(parameters)
    default:
      return { type: 'foreign', name: nameAlgorithm(name) }
  }
}

/** The curve that EC parameters name; explicit parameters are foreign (RFC 5480 §2.1.1). Throws AuthError. */
export function readCurve(parameters: DerElement | undefined): KeyAlgorithm {
  if (parameters?.tag === Tag.sequence)
    return { type: 'foreign', name: 'EC with explicit curve parameters' }
  const oid = readOid(parameters)
  const curve = Object.values(CURVES).find((candidate) => candidate.oid === oid)
  return curve === undefined ? { type: 'foreign', name: nameCurve(oid) } : { type: 'ec', curve }
}

/** The key in a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). Throws AuthError. */
export function readSpki(bytes: Uint8Array): PublicNumbers | ForeignKey {
  return readSpkiElement(readDer(bytes))
}

function readSpkiElement(element: DerElement | undefined): PublicNumbers | ForeignKey {
  const [algorithmPart, keyPart] = readSequence(element)
  const algorithm = readAlgorithm(algorithmPart)
  const bytes = readBitString(keyPart)
  switch (algorithm.type) {
    case 'ed25519':
      return ed25519Public(bytes)
    case 'ec':
      return ecPublic(algorithm.curve, bytes)
    case 'rsa':
      return readPkcs1Public(bytes)
    case 'foreign':
      return algorithm
  }
}

/** The key in an X.509 certificate; nothing else of it is looked at (RFC 5280 §4.1). Throws AuthError. */
export function readCertificate(bytes: Uint8Array): PublicNumbers | ForeignKey {
  // Only the first element: a "TRUSTED CERTIFICATE" has another one behind it.
  const [body] = readSequence(readElements(bytes)[0])
  const fields = readSequence(body)
  return readSpkiElement(fields[fields[0]?.tag === Tag.context0 ? 6 : 5])
}

/** The key in an RSAPublicKey (RFC 8017 A.1.1). Throws AuthError. */
export function readPkcs1Public(bytes: Uint8Array): PublicNumbers {
  const [modulus, exponent] = readSequence(readDer(bytes))
  return rsaPublic(readInteger(modulus), readInteger(exponent))
}

/** An Ed25519 key of 32 bytes (RFC 8032 §5.1.5). Throws AuthError. */
export function ed25519Public(point: Uint8Array): PublicNumbers {
  if (point.length !== 32)
    throw new AuthError('ERR_KEY_FORM', `an Ed25519 key has 32 bytes, this one ${point.length}`)
  return { type: 'ed25519', point }
}

/** A key that is a point of `curve` in any form of SEC 1. Throws AuthError for infinity and points off the curve. */
export function ecPublic(curve: Curve, bytes: Uint8Array): PublicNumbers {
  const point = readPoint(curve, bytes)
  if (point === undefined)
    throw new AuthError('ERR_KEY_FORM', `an EC key whose point is not on ${curve.name}`)
  return { type: 'ec', curve, point }
}

/** Beyond this the arithmetic costs more than any key is worth; it is OpenSSL's own limit. */
const MAX_MODULUS_BITS = 16_384

/** An RSA key with an odd modulus of 512 to 16384 bits and an odd exponent between 3 and it. Throws AuthError. */
export function rsaPublic(modulus: bigint, exponent: bigint): PublicNumbers {
  const bits = countBits(modulus)
  if (bits < 512 || bits > MAX_MODULUS_BITS)
    throw new AuthError('ERR_KEY_FORM', `an RSA key of ${bits} bits, out of every usable range`)
  if ((modulus & 1n) === 0n || (exponent & 1n) === 0n || exponent < 3n || exponent >= modulus)
    throw new AuthError('ERR_KEY_FORM', 'an RSA key with impossible numbers')
  return { type: 'rsa', modulus, exponent }
}

/** One key blob of OpenSSH (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4). Throws AuthError. */
export function readOpenSshBlob(bytes: Uint8Array): PublicNumbers | ForeignKey {
  const [name, first, second] = readOpenSshStrings(bytes)
  const type = Buffer.from(name ?? []).toString('latin1')
  const missing = new AuthError('ERR_KEY_FORM', 'an OpenSSH key that is cut short')
  if (first === undefined) throw missing
  if (type === 'ssh-ed25519') return ed25519Public(first)
  if (second === undefined) throw missing
  if (type === 'ssh-rsa') return rsaPublic(toBigInt(second), toBigInt(first))
  const curve = Object.values(CURVES).find(({ size }) => type === `ecdsa-sha2-nistp${size * 8}`)
  if (curve !== undefined) return ecPublic(curve, second)
  return { type: 'foreign', name: type.replace(/[^\x21-\x7e]/g, '?').slice(0, 40) }
}

/** The public half that an openssh-key-v1 file carries in clear (PROTOCOL.key of OpenSSH). Throws AuthError. */
export function readOpenSshPrivate(bytes: Uint8Array): PublicNumbers | ForeignKey {
  const magic = 'openssh-key-v1\0'
  if (Buffer.from(bytes.subarray(0, magic.length)).toString('latin1') !== magic)
    throw new AuthError('ERR_KEY_FORM', 'not an OpenSSH private key')
  const header = readOpenSshStrings(bytes.subarray(magic.length), 3)
  // Cipher, derivation and its options, each behind its length; then how many keys there are.
  const start = magic.length + header.reduce((size, { length }) => size + 4 + length, 0) + 4
  const [blob] = readOpenSshStrings(bytes.subarray(start), 1)
  if (blob === undefined) throw new AuthError('ERR_KEY_FORM', 'an OpenSSH key that is cut short')
  return readOpenSshBlob(blob)
}

function readOpenSshStrings(bytes: Uint8Array, limit = 3): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const strings: Uint8Array[] = []
  for (let at = 0; at + 4 <= bytes.length && strings.length < limit; ) {
    const end = at + 4 + view.getUint32(at)
    if (end > bytes.length) break
    strings.push(bytes.subarray(at + 4, end))
    at = end
  }
  return strings
}
