import { decodeBase64url, describeBase64Fault } from '../../token/base64url.ts'
import type { NumericDate } from '../../token/numeric-date.ts'
import { describeJsonFault } from '../../token/rust-json.ts'
import type { AuthSettings, ServerKey } from '../target.ts'
import { blameClaims } from './claim-reason.ts'
import { readUsedClaims, type UsedClaims } from './claims.ts'
import { blameBase64, blameHeader, blameHeaderForm, blameSegments } from './form-reason.ts'
import { readHeader } from './header.ts'
import type { HeaderAlgorithm } from './header-algorithms.ts'
import type { Judgement, Refused } from './judgement.ts'
import { LEEWAY } from './leeway.ts'
import type { ReasonId } from './reasons.ts'
import { blameExpiry, blameSignature, isAccepted } from './signature-reason.ts'

const DOT = 0x2e

/**
 * What the server makes of a token (src/auth.rs `verify_jwt`, jsonwebtoken 9.3.1 src/decoding.rs and src/validation.rs):
 * header, algorithm, signature, claims, in this order.
 */
export function judgeToken(token: Buffer, settings: AuthSettings, at: NumericDate): Judgement {
  const second = token.lastIndexOf(DOT)
  const first = second < 1 ? -1 : token.lastIndexOf(DOT, second - 1)
  if (first === -1)
    return { ok: false, stage: 'form', reason: blameSegments(token), error: 'InvalidToken' }
  const header = decodeBase64url(token, 0, first)
  if (!header.ok) {
    const error = `Base64 error: ${describeBase64Fault(header.fault)}`
    return { ok: false, stage: 'form', reason: blameHeaderForm(token, header.fault), error }
  }
  const read = readHeader(header.bytes)
  if (!read.ok) {
    const reason = blameHeader(read.fault)
    const error = `JSON error: ${describeJsonFault(read.fault)}`
    return { ok: false, stage: reason.startsWith('alg-') ? 'alg' : 'header', reason, error }
  }
  const refused = judgeSignature(token, second, read.alg, settings.key)
  if (refused !== undefined) return refused
  const payload = decodeBase64url(token, first + 1, second)
  if (payload.ok) return judgeClaims(payload.bytes, settings, at)
  const error = `Base64 error: ${describeBase64Fault(payload.fault)}`
  return { ok: false, stage: 'payload', reason: blameBase64(payload.fault), error }
}

/** Why the third segment or the algorithm is refused; undefined when they are right, or nobody looks at them. */
function judgeSignature(
  token: Buffer,
  dot: number,
  alg: HeaderAlgorithm,
  key: ServerKey | 'none',
): Refused | undefined {
  if (key === 'none') return undefined
  if (!isAccepted(alg, key)) {
    const reason = alg.startsWith('HS') ? 'alg-hmac' : 'alg-not-allowed'
    return { ok: false, stage: 'alg', reason, error: 'InvalidAlgorithm' }
  }
  const signature = decodeBase64url(token, dot + 1)
  if (!signature.ok) {
    const error = `Base64 error: ${describeBase64Fault(signature.fault)}`
    return { ok: false, stage: 'signature', reason: blameBase64(signature.fault), error }
  }
  const input = token.subarray(0, dot)
  if (key.verify(alg, input, signature.bytes)) return undefined
  const reason = blameSignature(alg, key, input, signature.bytes)
  return { ok: false, stage: 'signature', reason, error: 'InvalidSignature' }
}

/** What it makes of the claims set in `payload` (JSON bytes), whoever signed it. */
export function judgeClaims(payload: Buffer, settings: AuthSettings, at: NumericDate): Judgement {
  const read = readUsedClaims(payload)
  if (!read.ok) {
    const error = `JSON error: ${describeJsonFault(read.fault)}`
    const { reason, claim } = blameClaims(read)
    return { ok: false, stage: claim ?? 'payload', reason, error, ...(claim && { claim }) }
  }
  return checkValues(read.claims, payload, settings, at) ?? { ok: true, claims: read.claims }
}

/** Required claims first, then `exp`, `iss` and `aud`; which of several missing ones the server logs is arbitrary. */
function checkValues(
  claims: UsedClaims,
  payload: Buffer,
  settings: AuthSettings,
  at: NumericDate,
): Refused | undefined {
  const { exp, iss, aud } = claims
  if (exp === undefined || exp === false) return missing('exp', blameExpiry(payload, exp))
  if (settings.iss !== undefined && iss === undefined) return missing('iss', 'missing-iss')
  if (settings.aud !== undefined && aud === undefined) return missing('aud', 'missing-aud')
  if (exp < Math.floor(at) - LEEWAY) return blame('exp', 'expired', 'ExpiredSignature')
  if (settings.iss !== undefined && iss !== settings.iss)
    return blame('iss', 'wrong-issuer', 'InvalidIssuer')
  if (settings.aud !== undefined && aud?.includes(settings.aud) === false)
    return blame('aud', 'wrong-audience', 'InvalidAudience')
  return undefined
}

function missing(claim: string, reason: ReasonId): Refused {
  return blame(claim, reason, `Missing required claim: ${claim}`)
}

function blame(claim: string, reason: ReasonId, error: string): Refused {
  return { ok: false, stage: claim, claim, reason, error }
}
