import { AuthError } from '../errors.ts'
import type { Curve } from './curve.ts'
import {
  type DerElement,
  derError,
  readBitString,
  readDer,
  readElements,
  readInteger,
  readOctetString,
  readSequence,
  Tag,
  toBigInt,
} from './der.ts'
import type { ForeignKey, PrivateNumbers, RsaNumbers } from './key-numbers.ts'
import { ecPublic, ed25519Public, readAlgorithm, readCurve, rsaPublic } from './public-numbers.ts'

/** The key in a PrivateKeyInfo or OneAsymmetricKey (RFC 5958 §2). Throws AuthError. */
export function readPkcs8(bytes: Uint8Array): PrivateNumbers | ForeignKey {
  const [version, algorithmPart, keyPart, ...rest] = readSequence(readDer(bytes))
  if (readInteger(version) > 1n) throw derError('a version of PKCS#8 that does not exist')
  const algorithm = readAlgorithm(algorithmPart)
  const key = readOctetString(keyPart)
  switch (algorithm.type) {
    case 'ed25519': {
      const stated = rest.find(({ tag }) => tag === Tag.context1Primitive)?.content.subarray(1)
      return ed25519Private(readOctetString(readDer(key)), stated)
    }
    case 'ec':
      return readSec1Body(key, algorithm.curve)
    case 'rsa':
      return readPkcs1(key)
    case 'foreign':
      return algorithm
  }
}

/** The key in an ECPrivateKey that names its curve (RFC 5915 §3). Throws AuthError. */
export function readSec1(bytes: Uint8Array): PrivateNumbers | ForeignKey {
  const parameters = readSequence(readDer(bytes)).find(({ tag }) => tag === Tag.context0)
  if (parameters === undefined)
    throw new AuthError('ERR_KEY_FORM', 'an EC private key that does not name its curve')
  const algorithm = readCurve(readElements(parameters.content)[0])
  return algorithm.type === 'ec' ? readSec1Body(bytes, algorithm.curve) : algorithm
}

function readSec1Body(bytes: Uint8Array, curve: Curve): PrivateNumbers {
  const [version, scalar, ...rest] = readSequence(readDer(bytes))
  if (readInteger(version) !== 1n) throw derError('a version of SEC 1 that does not exist')
  return ecPrivate(curve, toBigInt(readOctetString(scalar)), readStatedPoint(rest))
}

function readStatedPoint(rest: readonly DerElement[]): Uint8Array | undefined {
  const tagged = rest.find(({ tag }) => tag === Tag.context1)
  return tagged === undefined ? undefined : readBitString(readElements(tagged.content)[0])
}

/** The key in an RSAPrivateKey of two primes (RFC 8017 A.1.2). Throws AuthError. */
export function readPkcs1(bytes: Uint8Array): PrivateNumbers {
  const [version, ...parts] = readSequence(readDer(bytes))
  if (readInteger(version) !== 0n)
    throw new AuthError('ERR_KEY_TYPE', 'an RSA key of more than two primes')
  const [modulus, exponent, privateExponent, prime1, prime2, exponent1, exponent2, coefficient] =
    parts.map(readInteger)
  if (
    modulus === undefined ||
    exponent === undefined ||
    privateExponent === undefined ||
    prime1 === undefined ||
    prime2 === undefined ||
    exponent1 === undefined ||
    exponent2 === undefined ||
    coefficient === undefined
  )
    throw derError('numbers of the RSA key are missing')
  return rsaPrivate({
    modulus,
    exponent,
    privateExponent,
    prime1,
    prime2,
    exponent1,
    exponent2,
    coefficient,
  })
}

/** An Ed25519 key from its seed of 32 bytes (RFC 8032 §5.1.5). Throws AuthError. */
export function ed25519Private(seed: Uint8Array, stated?: Uint8Array): PrivateNumbers {
  if (seed.length !== 32)
    throw new AuthError('ERR_KEY_FORM', `an Ed25519 key has 32 bytes, this one ${seed.length}`)
  if (stated === undefined) return { type: 'ed25519', seed }
  ed25519Public(stated)
  return { type: 'ed25519', seed, public: stated }
}

/** An EC key from its scalar, 0 < scalar < n. Throws AuthError. */
export function ecPrivate(curve: Curve, scalar: bigint, stated?: Uint8Array): PrivateNumbers {
  if (scalar === 0n || scalar >= curve.n)
    throw new AuthError('ERR_KEY_FORM', `an EC private key out of the range of ${curve.name}`)
  if (stated === undefined) return { type: 'ec', curve, scalar }
  return { type: 'ec', curve, scalar, public: ecPublic(curve, stated).point }
}

/** An RSA key whose numbers fit each other (RFC 8017 §3.2), so that no signature is wrong. Throws AuthError. */
export function rsaPrivate(numbers: RsaNumbers): PrivateNumbers {
  const { modulus, exponent, privateExponent, prime1, prime2 } = numbers
  rsaPublic(modulus, exponent)
  const fits =
    prime1 > 1n &&
    prime2 > 1n &&
    prime1 * prime2 === modulus &&
    privateExponent > 1n &&
    (privateExponent * exponent) % (prime1 - 1n) === 1n &&
    (privateExponent * exponent) % (prime2 - 1n) === 1n &&
    numbers.exponent1 === privateExponent % (prime1 - 1n) &&
    numbers.exponent2 === privateExponent % (prime2 - 1n) &&
    numbers.coefficient < prime1 &&
    (numbers.coefficient * prime2) % prime1 === 1n
  if (!fits)
    throw new AuthError('ERR_KEY_FORM', 'an RSA private key whose numbers do not fit each other')
  return { type: 'rsa', ...numbers }
}
