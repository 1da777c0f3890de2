import type { Certainty, ReasonRow } from '../target.ts'
import { CLAIM_REASONS } from './reasons-claims.ts'
import { FORM_REASONS } from './reasons-form.ts'
import { PREFIX_REASONS } from './reasons-prefix.ts'
import { SIGNATURE_REASONS } from './reasons-signature.ts'

/** Why the server refuses a token or forbids an operation, in the order in which it finds them (recorded from 0.9.8). */
const REASONS = {
  ...FORM_REASONS,
  ...SIGNATURE_REASONS,
  ...CLAIM_REASONS,
  ...PREFIX_REASONS,
} as const satisfies Readonly<Record<string, Reason>>

/** A row without its id, and with the certainty it has for the version that was recorded. */
export type Reason = Omit<ReasonRow, 'id' | 'certainty'> & {
  /** Set for what was read in the source but never seen on a running server. */
  readonly certainty?: 'source'
}

export type ReasonId = keyof typeof REASONS

/** The closed set of reasons for a version of the server of which so much is certain. */
export function listReasons(certainty: Certainty): readonly ReasonRow[] {
  return Object.entries<Reason>(REASONS).map(([id, reason]) => ({
    id,
    ...reason,
    certainty: certainty === 'recorded' ? (reason.certainty ?? certainty) : certainty,
  }))
}

/** What the reason means, in a sentence. */
export function describeReason(id: ReasonId): string {
  return REASONS[id].meaning
}
