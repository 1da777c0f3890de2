import {
  encodeInteger,
  encodeNull,
  encodeOctetString,
  encodeOid,
  encodeSequence,
  toFixedBytes,
} from './der-encoding.ts'
import type { PrivateNumbers } from './key-numbers.ts'
import { Oid } from './oid.ts'

/** A PrivateKeyInfo of checked numbers (RFC 5958 §2), without the optional public half. */
export function encodePrivateInfo(numbers: PrivateNumbers): Uint8Array {
  switch (numbers.type) {
    case 'ed25519':
      return privateInfo(encodeSequence(encodeOid(Oid.ed25519)), encodeOctetString(numbers.seed))
    case 'ec':
      return privateInfo(
        encodeSequence(encodeOid(Oid.ec), encodeOid(numbers.curve.oid)),
        encodeSequence(
          encodeInteger(1n),
          encodeOctetString(toFixedBytes(numbers.scalar, numbers.curve.size)),
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

function privateInfo(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  return encodeSequence(encodeInteger(0n), algorithm, encodeOctetString(key))
}
