import type { Algorithm } from '../../key/algorithm.ts'

/** A public key as the Rust server holds it after start-up (src/auth.rs `load_verification_key`, tag v0.9.8). */
export interface ServerKey {
  /** The `key_type` the server logs. */
  readonly type: 'RSA' | 'EC' | 'Ed25519'
  /** The algorithms the server accepts in a header with this key. */
  readonly algorithms: readonly Algorithm[]
  /** ring's answer for this key: false for a wrong signature and for every key that can never verify. */
  verify(alg: Algorithm, input: Uint8Array, signature: Uint8Array): boolean
  /** Why the server starts with this key and then refuses every token; absent for a key that works. */
  readonly flaw?: KeyFlaw
}

export type KeyFlaw =
  | 'private-key'
  | 'rsa-too-small'
  | 'rsa-too-large'
  | 'rsa-exponent'
  | 'unsupported-curve'
  | 'point-form'
  | 'not-what-the-label-says'
  | 'malformed'
