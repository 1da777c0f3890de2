import type { CurveName } from './algorithm.ts'
import { toBigInt } from './der.ts'
import { toFixedBytes } from './der-encoding.ts'
import { power } from './key-numbers.ts'
import { Oid } from './oid.ts'

/** A short Weierstrass curve y² = x³ − 3x + b over the field of `p`, with a generator of order `n`. */
export interface Curve {
  readonly name: CurveName
  readonly oid: string
  /** Bytes of a coordinate and of a scalar. */
  readonly size: number
  readonly p: bigint
  readonly b: bigint
  readonly n: bigint
}

/** A point's affine coordinates; the point at infinity has none. */
export interface Point {
  readonly x: bigint
  readonly y: bigint
}

/** The curves' numbers from SP 800-186 §3.2.1.3 and §3.2.1.4. */
export const CURVES: Readonly<Record<CurveName, Curve>> = {
  'P-256': {
    name: 'P-256',
    oid: Oid.p256,
    size: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  'P-384': {
    name: 'P-384',
    oid: Oid.p384,
    size: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
}

/** Whether (x, y) satisfies the curve's equation with both coordinates in the field. */
export function isOnCurve({ p, b }: Pick<Curve, 'p' | 'b'>, { x, y }: Point): boolean {
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n
}

/**
 * The point in SEC 1 §2.3.4 form: uncompressed, compressed or hybrid. Undefined when it is none of the curve, and for
 * the point at infinity, on which the runtime's crypto aborts the process.
 */
export function readPoint(curve: Curve, bytes: Uint8Array): Point | undefined {
  const [form] = bytes
  const x = toBigInt(bytes.subarray(1, 1 + curve.size))
  if (form === 0x02 || form === 0x03) {
    if (bytes.length !== 1 + curve.size) return undefined
    return decompress(curve, x, form === 0x03)
  }
  if (form !== 0x04 && form !== 0x06 && form !== 0x07) return undefined
  if (bytes.length !== 1 + 2 * curve.size) return undefined
  const y = toBigInt(bytes.subarray(1 + curve.size))
  if (form !== 0x04 && (y & 1n) !== BigInt(form & 1)) return undefined
  return isOnCurve(curve, { x, y }) ? { x, y } : undefined
}

/** The point uncompressed (SEC 1 §2.3.3), the only form that every reader takes. */
export function encodePoint({ size }: Curve, { x, y }: Point): Uint8Array {
  return Buffer.concat([Uint8Array.of(0x04), toFixedBytes(x, size), toFixedBytes(y, size)])
}

/** Both primes are 3 modulo 4, so that a square root is a power (SEC 1 §2.3.4, step 2.4.1). */
function decompress(curve: Curve, x: bigint, odd: boolean): Point | undefined {
  if (x >= curve.p) return undefined
  const square = (x * x * x - 3n * x + curve.b) % curve.p
  const root = power(square < 0n ? square + curve.p : square, (curve.p + 1n) / 4n, curve.p)
  const y = ((root & 1n) === 1n) === odd ? root : curve.p - root
  return isOnCurve(curve, { x, y }) ? { x, y } : undefined
}
