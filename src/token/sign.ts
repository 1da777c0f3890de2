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
  const segments = [JSON.stringify(header), serializeClaims(claims)]
  const input = segments.map((text) => encodeBase64url(Buffer.from(text))).join('.')
  return `${input}.${encodeBase64url(signInput(header.alg, key, Buffer.from(input)))}`
}
