/** The algorithm names a Resonate server reads in a header, in its own order (jsonwebtoken 9.3.1, src/algorithms.rs). */
export const HEADER_ALGORITHMS = [
  'HS256',
  'HS384',
  'HS512',
  'ES256',
  'ES384',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
] as const

export type HeaderAlgorithm = (typeof HEADER_ALGORITHMS)[number]
