import type { ServerKey } from '../target.ts'
import type { Accounts } from './basic.ts'

/** A started Go server as far as it decides who is let in. */
export interface GoServer {
  readonly version: '0.7' | '0.8'
  /** The key of JWT auth; absent = off, and always in 0.7. */
  readonly key?: ServerKey
  readonly http: Listener
  /** The poll listener (:8002), which knows no JWT; it also stands behind /poll of :8001. */
  readonly poll: Listener
}

export interface Listener {
  readonly enabled: boolean
  readonly accounts: Accounts
  readonly origins: readonly string[]
}
