/** An Ed25519 public key (RFC 8410 §10.1), for the rules' samples: every sample's folder has it as `public.pem`. */
export const PUBLIC_PEM = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
`

/** Its private half (RFC 8410 §10.3): worthless, because everybody knows it. */
export const PRIVATE_PEM = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
`

/** Parts of a configuration that no rule of the default profile speaks of. */
export const AUTH = '[auth]\npublickey = "public.pem"\n'
export const LOCAL = '[server]\nbind = "127.0.0.1"\n'
export const NO_METRICS = '[observability]\nmetrics_port = 0\n'

/** A whole configuration without a finding. */
export const QUIET = `${LOCAL}\n${NO_METRICS}\n${AUTH}`

/** A quiet configuration except for `parts`, which come last (tables) so that nothing is nested wrongly. */
export function quiet(...parts: readonly string[]): string {
  return [QUIET, ...parts].join('\n')
}

/** The same with other auth settings. */
export function withAuth(auth: string, ...parts: readonly string[]): string {
  return [LOCAL, NO_METRICS, auth, ...parts].join('\n')
}

/** A server in unsigned mode on loopback: the tokens of samples need no signature there. */
export const UNSIGNED = withAuth('[auth]\npublickey = "none"\n')

/** A token without a signature, which the unsigned mode accepts; `header` is JSON too. */
export function unsigned(claims: string, header = '{"alg":"EdDSA"}'): string {
  return `${Buffer.from(header).toString('base64url')}.${Buffer.from(claims).toString('base64url')}.`
}
