interface ShortCurve {
  readonly p: bigint
  readonly b: bigint
}

/** The curves y² = x³ - 3x + b that the server knows (FIPS 186-4 §D.1.2). */
const CURVES = {
  'P-256': {
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  'P-384': {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
} as const satisfies Readonly<Record<string, ShortCurve>>

/** Whether x and y, big-endian, are a point of the curve with both below its prime. */
export function isOnCurve(name: keyof typeof CURVES, x: Uint8Array, y: Uint8Array): boolean {
  const { p, b } = CURVES[name]
  const [u, v] = [toNumber(x), toNumber(y)]
  return u < p && v < p && (v * v - (u * u * u - 3n * u + b)) % p === 0n
}

const P = 2n ** 255n - 19n
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n

/** The y of the points whose order divides 8; nobody has a private key to them, anybody can sign for them. */
const SMALL_ORDER: readonly bigint[] = [
  0n,
  1n,
  P - 1n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
]

/**
 * What 32 bytes are to Ed25519 (RFC 8032 §5.1.3): no point at all, a point that no key pair has (of small order, or with
 * its y not below the prime), or one that a pair may have. Servers take the middle kind (ring 0.17.14, and OpenSSL).
 */
export function classifyEd25519(bytes: Uint8Array): 'no-point' | 'unlikely' | 'point' {
  const y = toNumber(Uint8Array.from(bytes).reverse()) % 2n ** 255n
  const numerator = (y * y - 1n) % P
  const denominator = (D * y * y + 1n) % P
  // x² = numerator / denominator has a root exactly when their product is a square (Euler's criterion) or zero.
  const criterion = power((((numerator * denominator) % P) + P) % P, (P - 1n) / 2n)
  if (criterion > 1n) return 'no-point'
  return y >= P || SMALL_ORDER.includes(y) ? 'unlikely' : 'point'
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P
    square = (square * square) % P
  }
  return result
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(bytes).toString('hex')}`)
}
