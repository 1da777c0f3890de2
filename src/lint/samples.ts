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

/** A configuration of the plugin layout of 0.10 without a finding. */
export const PLUGINS_QUIET = `[gateways.gateway_http]
bind = "127.0.0.1:8001"

[gateways.gateway_http.auth]
publickey = "public.pem"

[gateways.gateway_metrics]
enabled = false
`

/** A server in unsigned mode on loopback: the tokens of samples need no signature there. */
export const UNSIGNED = withAuth('[auth]\npublickey = "none"\n')

/** A token without a signature, which the unsigned mode accepts; `header` is JSON too. */
export function unsigned(claims: string, header = '{"alg":"EdDSA"}'): string {
  return `${Buffer.from(header).toString('base64url')}.${Buffer.from(claims).toString('base64url')}.`
}

/** An RSA public key: the Go server takes no other. */
export const RSA_PEM = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA5wq4ghrkaJchLHngoFLg
3ZVVu10/a9HB/ZGJjOl/axA5KLMQCSsdTFLJqYIoFEl8/wtC1m/OiSOrygNnbZSg
ysZrVbFFIxZaHcDvke+6Tfg4uk8it3VEz39aKL6H3MJgu9kD5GlFtJ1ivNS2KUYV
82S+RK3TqrPeRJ+1Mgwbi05f7BzLpHFS4snwUg6wcvmVzhXJfLS73E/ybVhGYnQQ
rpWS/KlPzWYeVk7eBMZXon7md9xvrFxBKWssyQ4dkV8XmnLGpo3Q4lWHB36zJBHg
YJ+aQYcgq5R2d+c4MHJxYheidlIub1ctOghbkngFnQiywa+2gY2NKUo0/7LFs/xc
UQIDAQAB
-----END PUBLIC KEY-----
`

/** A configuration of the Go server without a finding, with its key. */
export const GO_QUIET = `api:
  auth:
    publicKey: public.pem
  subsystems:
    http:
      config:
        addr: 127.0.0.1:8001
    grpc:
      enabled: false
aio:
  plugins:
    poll:
      config:
        addr: 127.0.0.1:8002
metricsAddr: 127.0.0.1:9090
`

/** The files of a Go server with the given configuration. */
export function goFiles(yaml: string): Readonly<Record<string, string>> {
  return { 'resonate.yaml': yaml, 'public.pem': RSA_PEM }
}
