import type { Algorithm } from '../key/algorithm.ts'
import type { PrivateKey } from '../key/private-key.ts'
import { signInput } from '../key/sign.ts'
import { encodeBase64url } from './base64url.ts'
import { type Claim, serializeClaims } from './claims.ts'

/** The protected header this tool writes (RFC 7515 §4). */
export interface ProtectedHeader {
  readonly alg: Algorithm
  readonly typ: 'JWT'
  readonly kid?: string
}

/** The compact JWS of `claims` (RFC 7515 §7.1), signed by `key` with the algorithm that `header` names. */
export function signToken(
  header: ProtectedHeader,
  claims: readonly Claim[],
  key: PrivateKey,
): string {
  const encodedHeader = encodeBase64url(Buffer.from(JSON.stringify(header)))
  return signSegments(header.alg, encodedHeader, serializeClaims(claims), key)
}

/** The same for a header that is encoded already and the JSON text of a claims set: one header serves many tokens. */
export function signSegments(
  alg: Algorithm,
  encodedHeader: string,
  claims: string,
  key: PrivateKey,
): string {
  const input = `${encodedHeader}.${encodeBase64url(Buffer.from(claims))}`
  return `${input}.${encodeBase64url(signInput(alg, key, Buffer.from(input)))}`
}
