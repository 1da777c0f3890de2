import { type Curve, isOnCurve, CURVES as SIGNING_CURVES } from '../../key/curve.ts'
import { toBigInt } from '../../key/der.ts'

/** The NIST curves crypto/x509 knows, by the DER content of their object identifiers in hexadecimal. */
export const CURVE_OIDS: ReadonlyMap<string, CurveId> = new Map<string, CurveId>([
  ['2b81040021', 'P224'],
  ['2a8648ce3d030107', 'P256'],
  ['2b81040022', 'P384'],
  ['2b81040023', 'P521'],
])

type CurveId = 'P224' | 'P256' | 'P384' | 'P521'

/** The fields and coefficients of SP 800-186 §3.2.1. */
const CURVES: Readonly<Record<CurveId, Pick<Curve, 'size' | 'p' | 'b'>>> = {
  P224: {
    size: 28,
    p: 2n ** 224n - 2n ** 96n + 1n,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
  },
  P256: SIGNING_CURVES['P-256'],
  P384: SIGNING_CURVES['P-384'],
  P521: {
    size: 66,
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
}

/** What crypto/ecdsa finds wrong with a point (Go 1.26, ParseUncompressedPublicKey); undefined when it is on the curve. */
export function complainAboutPoint(curve: CurveId, point: Uint8Array): string | undefined {
  const row = CURVES[curve]
  const { size, p } = row
  if (point[0] !== 4) return 'ecdsa: invalid uncompressed public key'
  if (point.length !== 1 + 2 * size) return `invalid ${curve} point encoding`
  const x = toBigInt(point.subarray(1, 1 + size))
  const y = toBigInt(point.subarray(1 + size))
  if (x >= p || y >= p)
    return `invalid ${curve === 'P256' ? 'P256 element' : `${curve}Element`} encoding`
  return isOnCurve(row, { x, y }) ? undefined : `${curve} point not on curve`
}
