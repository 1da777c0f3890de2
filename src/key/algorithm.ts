/** JWS algorithms a key of this tool can sign with (RFC 7518 §3.1, RFC 8037 §3.1). */
export type Algorithm =
  | 'EdDSA'
  | 'ES256'
  | 'ES384'
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'

export type KeyType = 'ed25519' | 'rsa' | 'ec'

export type CurveName = 'P-256' | 'P-384'

export interface AlgorithmRow {
  readonly type: KeyType
  /** Absent where the algorithm brings its own (EdDSA). */
  readonly digest?: 'sha256' | 'sha384' | 'sha512'
  readonly curve?: CurveName
  /** Bytes of PSS salt; its presence makes the padding PSS (RFC 7518 §3.5: as long as the digest). */
  readonly salt?: number
  /** Bytes of a signature; absent where it is as long as the modulus. */
  readonly signature?: number
}

/** The one table of signature algorithms; within a key type the default comes first. */
export const ALGORITHMS = {
  EdDSA: { type: 'ed25519', signature: 64 },
  ES256: { type: 'ec', curve: 'P-256', digest: 'sha256', signature: 64 },
  ES384: { type: 'ec', curve: 'P-384', digest: 'sha384', signature: 96 },
  RS256: { type: 'rsa', digest: 'sha256' },
  RS384: { type: 'rsa', digest: 'sha384' },
  RS512: { type: 'rsa', digest: 'sha512' },
  PS256: { type: 'rsa', digest: 'sha256', salt: 32 },
  PS384: { type: 'rsa', digest: 'sha384', salt: 48 },
  PS512: { type: 'rsa', digest: 'sha512', salt: 64 },
} as const satisfies Record<Algorithm, AlgorithmRow>

/** The names of the table, in its order. */
export const ALGORITHM_NAMES: readonly Algorithm[] = Object.keys(ALGORITHMS).filter(isAlgorithm)

/** Whether `name` is an algorithm of the table; exact case, as JWS compares (RFC 7515 §4.1.1). */
export function isAlgorithm(name: string): name is Algorithm {
  return Object.hasOwn(ALGORITHMS, name)
}

/** At least one algorithm, the default first. */
export type FittingAlgorithms = readonly [Algorithm, ...(readonly Algorithm[])]

/** The algorithms that a key signs with: those of an EC key follow from its curve (RFC 7518 §3.4). */
export const FITTING = {
  ed25519: ['EdDSA'],
  rsa: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  'P-256': ['ES256'],
  'P-384': ['ES384'],
} as const satisfies Record<Exclude<KeyType, 'ec'> | CurveName, FittingAlgorithms>
