import { type Curve, encodePoint, type Point } from './curve.ts'
import { Tag } from './der.ts'
import {
  encodeBitString,
  encodeElement,
  encodeInteger,
  encodeNull,
  encodeOctetString,
  encodeOid,
  encodeSequence,
  toFixedBytes,
} from './der-encoding.ts'
import type { PrivateNumbers } from './key-numbers.ts'
import { Oid } from './oid.ts'

/** A PrivateKeyInfo of checked numbers (RFC 5958 §2); an EC key carries its public half where `point` is given. */
export function encodePrivateInfo(numbers: PrivateNumbers, point?: Point): Uint8Array {
  switch (numbers.type) {
    case 'ed25519':
      return privateInfo(encodeSequence(encodeOid(Oid.ed25519)), encodeOctetString(numbers.seed))
    case 'ec':
      return privateInfo(
        encodeSequence(encodeOid(Oid.ec), encodeOid(numbers.curve.oid)),
        encodeSequence(
          encodeInteger(1n),
          encodeOctetString(toFixedBytes(numbers.scalar, numbers.curve.size)),
          ...(point === undefined ? [] : [encodePublicPart(numbers.curve, point)]),
        ),
      )
    case 'rsa':
      return privateInfo(
        encodeSequence(encodeOid(Oid.rsa), encodeNull()),
        encodeSequence(
          encodeInteger(0n),
          encodeInteger(numbers.modulus),
          encodeInteger(numbers.exponent),
          encodeInteger(numbers.privateExponent),
          encodeInteger(numbers.prime1),
          encodeInteger(numbers.prime2),
          encodeInteger(numbers.exponent1),
          encodeInteger(numbers.exponent2),
          encodeInteger(numbers.coefficient),
        ),
      )
  }
}

/** RFC 5915 §3: the `[1] publicKey`. */
function encodePublicPart(curve: Curve, point: Point): Uint8Array {
  return encodeElement(Tag.context1, encodeBitString(encodePoint(curve, point)))
}

function privateInfo(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  return encodeSequence(encodeInteger(0n), algorithm, encodeOctetString(key))
}
