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
