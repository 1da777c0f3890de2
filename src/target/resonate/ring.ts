import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Algorithm } from '../../key/algorithm.ts'
import { encodeBase64url } from '../../token/base64url.ts'
import type { KeyFlaw, ServerKey } from '../target.ts'
import { classifyEd25519, isOnCurve } from './curve.ts'

/** A key the server holds after its start: usable, or with the reason why no signature will ever fit it. */
export type RingKey =
  | {
      readonly usable: true
      /** The one algorithm that fits, where the server takes more. */
      readonly only?: Algorithm
      readonly flaw?: KeyFlaw
      readonly verify: ServerKey['verify']
      readonly nearMiss?: NonNullable<ServerKey['nearMiss']>
    }
  | { readonly usable: false; readonly flaw: KeyFlaw }

const DIGESTS = { 256: 'sha256', 384: 'sha384', 512: 'sha512' } as const

const RSA_ALGORITHMS: readonly Algorithm[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']

const NEVER = (flaw: KeyFlaw): RingKey => ({ usable: false, flaw })

/** Reads a DER element with the smallest length that fits it, at most 64 KiB (crate ring 0.17.14, src/io/der.rs). */
function takeElement(
  bytes: Uint8Array,
  tag: number,
): { readonly body: Uint8Array; readonly rest: Uint8Array } | undefined {
  const [first, short = 0, high = 0, low = 0] = bytes
  if (first !== tag) return undefined
  const [length, start] =
    short < 0x80 ? [short, 2] : short === 0x81 ? [high, 3] : [high * 256 + low, 4]
  const minimum = { 2: 0, 3: 0x80, 4: 0x100 }[start] ?? 0
  if (short > 0x82 || short === 0x80 || length < minimum || start + length > bytes.length)
    return undefined
  return { body: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) }
}

/** Takes a positive INTEGER in its shortest form, without the zero that marks it as positive. */
function takePositive(
  bytes: Uint8Array,
): { readonly value: Uint8Array; readonly rest: Uint8Array } | undefined {
  const element = takeElement(bytes, 0x02)
  if (element === undefined) return undefined
  const { body, rest } = element
  const [first = 0x80, second = 0] = body
  if (first >= 0x80 || (first === 0 && second < 0x80)) return undefined
  return { value: first === 0 ? body.subarray(1) : body, rest }
}

/**
 * An RSA key from the DER of an RSAPublicKey (RFC 8017 §A.1.1): 2041 to 8192 bits, exponent odd and from 3 to 2^33 - 1
 * (crate ring 0.17.14, src/rsa).
 */
export function readRsaKey(der: Uint8Array): RingKey {
  const sequence = takeElement(der, 0x30)
  const modulus = sequence?.rest.length === 0 ? takePositive(sequence.body) : undefined
  const exponent = modulus && takePositive(modulus.rest)
  if (modulus === undefined || exponent === undefined || exponent.rest.length > 0)
    return NEVER(isPrivate(sequence?.body) ? 'private-key' : nestedFlaw(sequence?.body))
  const n = modulus.value
  const e = exponent.value
  if (((n.at(-1) ?? 0) & 1) === 0) return NEVER('malformed')
  if (n.length < 256) return NEVER('rsa-too-small')
  if (n.length > 1024) return NEVER('rsa-too-large')
  const power = e.length > 5 ? 0 : Number(`0x${Buffer.from(e).toString('hex')}`)
  if (power < 3 || power >= 2 ** 33 || power % 2 === 0) return NEVER('rsa-exponent')
  return useRsaKey(n, e)
}

/** Whether a SEQUENCE begins like a private key's: with a version, 0 or 1 (RFC 8017 §A.1.2, RFC 5958, RFC 5915). */
function isPrivate(body: Uint8Array | undefined): boolean {
  return body !== undefined && body[0] === 0x02 && body[1] === 1 && (body[2] ?? 2) < 2
}

/** Another kind of key than the label says begins with its AlgorithmIdentifier. */
function nestedFlaw(body: Uint8Array | undefined): KeyFlaw {
  return body?.[0] === 0x30 ? 'not-what-the-label-says' : 'malformed'
}

function useRsaKey(n: Uint8Array, e: Uint8Array): RingKey {
  const find = importLater({ kty: 'RSA', n: encodeBase64url(n), e: encodeBase64url(e) })

  const fits = (
    alg: Algorithm,
    input: Uint8Array,
    signature: Uint8Array,
    saltLength = constants.RSA_PSS_SALTLEN_DIGEST,
  ): boolean => {
    const digest = digestOf(alg)
    if (digest === undefined || signature.length !== n.length) return false
    // The same length makes byte order numeric order: the signature must be below the modulus.
    if (Buffer.compare(signature, n) >= 0) return false
    const key = find()
    const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING } = constants
    const scheme = alg.startsWith('PS')
      ? { key, padding: RSA_PKCS1_PSS_PADDING, saltLength }
      : { key, padding: RSA_PKCS1_PADDING }
    return verify(digest, input, scheme, signature)
  }
  return {
    usable: true,
    verify: (alg, input, signature) => fits(alg, input, signature),
    nearMiss(alg, input, signature) {
      const anySalt = constants.RSA_PSS_SALTLEN_AUTO
      if (alg.startsWith('PS') && fits(alg, input, signature, anySalt)) return 'pss-salt'
      const other = RSA_ALGORITHMS.some((each) => fits(each, input, signature, anySalt))
      return other ? 'other-algorithm' : undefined
    },
  }
}

/** The digest of an RSA algorithm; undefined for all others. */
function digestOf(alg: Algorithm): string | undefined {
  if (!RSA_ALGORITHMS.includes(alg)) return undefined
  const size = alg.slice(2)
  return Object.hasOwn(DIGESTS, size) ? DIGESTS[size as unknown as keyof typeof DIGESTS] : undefined
}

const CURVES = [
  { crv: 'P-256', alg: 'ES256', digest: 'sha256', size: 32 },
  { crv: 'P-384', alg: 'ES384', digest: 'sha384', size: 48 },
] as const

/**
 * An EC key from its point: uncompressed, on P-256 or P-384, which its length tells; the curve's identifier in the file
 * plays no part (crate ring 0.17.14, src/ec/suite_b).
 */
export function readEcKey(point: Uint8Array, curveIsKnown: boolean): RingKey {
  const curve = CURVES.find(({ size }) => point.length === 1 + 2 * size)
  const x = point.subarray(1, 1 + (point.length - 1) / 2)
  const y = point.subarray(1 + (point.length - 1) / 2)
  if (curve === undefined || point[0] !== 4 || !isOnCurve(curve.crv, x, y))
    return NEVER(curveIsKnown ? (point[0] === 4 ? 'malformed' : 'point-form') : 'unsupported-curve')
  const find = importLater({
    kty: 'EC',
    crv: curve.crv,
    x: encodeBase64url(x),
    y: encodeBase64url(y),
  })
  return {
    usable: true,
    only: curve.alg,
    verify: (alg, input, signature) =>
      alg === curve.alg &&
      signature.length === 2 * curve.size &&
      verify(curve.digest, input, { key: find(), dsaEncoding: 'ieee-p1363' }, signature),
  }
}

/** An Ed25519 key from its 32 bytes, which must be a point of the curve; its order does not matter (ring, as RFC 8032). */
export function readEd25519Key(bytes: Uint8Array): RingKey {
  const kind = bytes.length === 32 ? classifyEd25519(bytes) : 'no-point'
  if (kind === 'no-point') return NEVER('malformed')
  const find = importLater({ kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(bytes) })
  return {
    usable: true,
    // Forged signatures fit such a key, but none that a private key makes.
    ...(kind === 'unlikely' && { flaw: 'malformed' }),
    verify: (alg, input, signature) =>
      alg === 'EdDSA' && signature.length === 64 && verify(null, input, find(), signature),
  }
}

/** The key for the runtime's crypto, which takes milliseconds to load: most runs check no signature. */
function importLater(jwk: Record<string, string>): () => KeyObject {
  let key: KeyObject | undefined
  return () => {
    key ??= createPublicKey({ key: jwk, format: 'jwk' })
    return key
  }
}
