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
} from './der.ts'
import {
  countBits,
  type EcPublicNumbers,
  type ForeignKey,
  type PublicNumbers,
} from './key-numbers.ts'
import { nameAlgorithm, nameCurve, Oid } from './oid.ts'

/** An AlgorithmIdentifier of a key: which kind it is, and on which curve. */
export type KeyAlgorithm = { readonly type: 'ed25519' | 'rsa' } | NamedCurve | ForeignKey

/** An EC key's curve, where it is one of the supported. */
export interface NamedCurve {
  readonly type: 'ec'
  readonly curve: Curve
}

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
export function readCurve(parameters: DerElement | undefined): NamedCurve | ForeignKey {
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
export function ecPublic(curve: Curve, bytes: Uint8Array): EcPublicNumbers {
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
