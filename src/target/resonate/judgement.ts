import type { UsedClaims } from './claims.ts'
import type { ReasonId } from './reasons.ts'

/** A refusal with the place where the server stopped. */
export interface Refused {
  readonly ok: false
  readonly reason: ReasonId
  /** `form`, `header`, `alg`, `signature`, `payload`, or the claim to blame. */
  readonly stage: string
  readonly claim?: string
  /** The `error` field of the server's log line; absent where the line has none. */
  readonly error?: string
}

export type Judgement = { readonly ok: true; readonly claims: UsedClaims } | Refused
