import { type CurveName, FITTING, type FittingAlgorithms, type KeyType } from './algorithm.ts'
import type { Curve, Point } from './curve.ts'

/** A public key as numbers; what was checked stands at the function that gives it. */
export type PublicNumbers =
  | { readonly type: 'ed25519'; readonly point: Uint8Array }
  | EcPublicNumbers
  | { readonly type: 'rsa'; readonly modulus: bigint; readonly exponent: bigint }

export interface EcPublicNumbers {
  readonly type: 'ec'
  readonly curve: Curve
  readonly point: Point
}

/** A public key of a supported kind, its numbers checked. */
export interface PublicKey {
  readonly type: KeyType
  readonly curve?: CurveName
  /** The algorithms whose signatures it can check, the default first. */
  readonly algorithms: FittingAlgorithms
  readonly numbers: PublicNumbers
}

/** The public key of checked `numbers`. */
export function toPublicKey(numbers: PublicNumbers): PublicKey {
  const curve = numbers.type === 'ec' ? numbers.curve.name : undefined
  return {
    type: numbers.type,
    ...(curve !== undefined && { curve }),
    algorithms: FITTING[numbers.type === 'ec' ? numbers.curve.name : numbers.type],
    numbers,
  }
}

/** A private key as numbers. `public` is what the file says of the public half, where it says it. */
export type PrivateNumbers =
  | { readonly type: 'ed25519'; readonly seed: Uint8Array; readonly public?: Uint8Array }
  | {
      readonly type: 'ec'
      readonly curve: Curve
      readonly scalar: bigint
      readonly public?: Point
    }
  | ({ readonly type: 'rsa' } & RsaNumbers)

/** The members of RSAPrivateKey (RFC 8017 A.1.2), in its order. */
export interface RsaNumbers {
  readonly modulus: bigint
  readonly exponent: bigint
  readonly privateExponent: bigint
  readonly prime1: bigint
  readonly prime2: bigint
  readonly exponent1: bigint
  readonly exponent2: bigint
  readonly coefficient: bigint
}

/** A key of a kind that no token of this tool is signed with; `name` as in `P-521` or `RSA-PSS`. */
export interface ForeignKey {
  readonly type: 'foreign'
  readonly name: string
}

/** Bits of a modulus. */
export function countBits(modulus: bigint): number {
  const hex = modulus.toString(16)
  return hex.length * 4 - Math.clz32(Number.parseInt(hex.slice(0, 1), 16)) + 28
}

/** `base` to the power of `exponent` (not negative) modulo `modulus`. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let factor = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * factor) % modulus
    factor = (factor * factor) % modulus
  }
  return result
}
