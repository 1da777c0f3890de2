import type { Algorithm } from '../../key/algorithm.ts'
import type { ServerKey } from '../target.ts'
import type { HeaderAlgorithm } from './header-algorithms.ts'
import type { ReasonId } from './reasons.ts'
import { showMembers } from './shown-members.ts'

/** Whether the server takes `alg` with its key. */
export function isAccepted(
  alg: HeaderAlgorithm,
  key: ServerKey,
): alg is Algorithm & HeaderAlgorithm {
  return key.algorithms.some((each) => each === alg)
}

const FLAWS = {
  'private-key': 'key-private',
  'rsa-too-small': 'key-rsa-too-small',
  'rsa-too-large': 'key-rsa-too-large',
  'rsa-exponent': 'key-rsa-exponent',
  'unsupported-curve': 'key-unsupported-curve',
  'point-form': 'key-point-form',
  'not-what-the-label-says': 'key-mislabelled',
  malformed: 'key-malformed',
} as const satisfies Readonly<Record<NonNullable<ServerKey['flaw']>, ReasonId>>

/** The lengths of raw ECDSA signatures (RFC 7518 §3.4). */
const RAW_LENGTHS: Readonly<Record<string, number>> = { ES256: 64, ES384: 96 }

/** The reason for a signature that does not fit, all of which the server logs as `InvalidSignature`. */
export function blameSignature(
  alg: Algorithm,
  key: ServerKey,
  input: Uint8Array,
  signature: Buffer,
): ReasonId {
  if (key.flaw !== undefined) return FLAWS[key.flaw]
  if (signature.length === 0) return 'signature-missing'
  if (key.usable?.includes(alg) === false) return 'curve-mismatch'
  const raw = RAW_LENGTHS[alg]
  if (raw !== undefined && signature.length !== raw && signature[0] === 0x30) return 'signature-der'
  return key.nearMiss?.(alg, input, signature) ?? 'wrong-signature'
}

/** The reason for an `exp` that the server takes for missing: `found` is false when there is one. */
export function blameExpiry(payload: Buffer, found: false | undefined): ReasonId {
  if (found === undefined) return 'missing-exp'
  const value = showMembers(payload)?.['exp']
  if (value === null) return 'missing-exp'
  return typeof value === 'number' ? 'exp-range' : 'exp-type'
}
