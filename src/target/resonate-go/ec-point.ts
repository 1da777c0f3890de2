/** The NIST curves crypto/x509 knows, by the DER content of their object identifiers in hexadecimal. */
export const CURVE_OIDS: ReadonlyMap<string, CurveId> = new Map<string, CurveId>([
  ['2b81040021', 'P224'],
  ['2a8648ce3d030107', 'P256'],
  ['2b81040022', 'P384'],
  ['2b81040023', 'P521'],
])

type CurveId = 'P224' | 'P256' | 'P384' | 'P521'

interface CurveRow {
  readonly size: number
  readonly p: bigint
  readonly b: bigint
}

/** The fields and coefficients of SP 800-186 §3.2.1. */
const CURVES: Readonly<Record<CurveId, CurveRow>> = {
  P224: {
    size: 28,
    p: 2n ** 224n - 2n ** 96n + 1n,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
  },
  P256: {
    size: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  P384: {
    size: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  P521: {
    size: 66,
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
}

/** What crypto/ecdsa finds wrong with a point (Go 1.26, ParseUncompressedPublicKey); undefined when it is on the curve. */
export function complainAboutPoint(curve: CurveId, point: Uint8Array): string | undefined {
  const { size, p, b } = CURVES[curve]
  if (point[0] !== 4) return 'ecdsa: invalid uncompressed public key'
  if (point.length !== 1 + 2 * size) return `invalid ${curve} point encoding`
  const hex = Buffer.from(point.subarray(1)).toString('hex')
  const x = BigInt(`0x${hex.slice(0, 2 * size)}`)
  const y = BigInt(`0x${hex.slice(2 * size)}`)
  if (x >= p || y >= p)
    return `invalid ${curve === 'P256' ? 'P256 element' : `${curve}Element`} encoding`
  return (y * y - (x * x * x - 3n * x + b)) % p === 0n ? undefined : `${curve} point not on curve`
}
