/** A kind of text that is taken for a token by mistake. */
interface OpaqueKind {
  readonly pattern: RegExp
  readonly what: string
  readonly hint: string
}

const MINT = 'a Resonate server wants a JWT: sign one with "resonate-auth mint"'

const KINDS: readonly OpaqueKind[] = [
  {
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    what: 'a private key, not a token',
    hint: 'keep it secret; sign a token with it: "resonate-auth mint --key FILE"',
  },
  {
    pattern: /-----BEGIN /,
    what: 'a PEM file, not a token',
    hint: 'see what it is: "resonate-auth key inspect FILE"',
  },
  {
    pattern: /^\s*[[{]/,
    what: 'JSON, not a token',
    hint: 'a token is three base64url parts with dots between',
  },
  { pattern: /^gh[pousr]_\w+$|^github_pat_\w+$/, what: 'a GitHub token, not a JWT', hint: MINT },
  { pattern: /^(?:sk|pk|rk)[-_]/, what: 'an API key, not a JWT', hint: MINT },
  { pattern: /^xox[abprs]-/, what: 'a Slack token, not a JWT', hint: MINT },
  { pattern: /^AKIA[A-Z0-9]{16}$/, what: 'an AWS access key id, not a JWT', hint: MINT },
  {
    pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    what: 'a UUID, not a JWT',
    hint: MINT,
  },
  {
    pattern: /^v[1-4]\.(?:local|public)\./,
    what: 'a PASETO, not a JWT',
    hint: MINT,
  },
  {
    pattern: /^[0-9a-f]{32,}$/i,
    what: 'a random secret in hexadecimal, not a JWT (an old static bearer token?)',
    hint: MINT,
  },
  {
    pattern: /^[A-Za-z0-9+/_-]{20,}={0,2}$/,
    what: 'a random secret, not a JWT (an old static bearer token or an API key?)',
    hint: MINT,
  },
  { pattern: /^[^:\s]+:[^:\s]+$/, what: 'user:password, not a JWT', hint: MINT },
]

/** What `text` is when it is no JWT at all (no two dots); undefined when it may be one. The text is never repeated. */
export function recognizeOpaque(
  text: string,
): { readonly what: string; readonly hint: string } | undefined {
  const known = KINDS.find(({ pattern }) => pattern.test(text))
  const dots = text.split('.').length - 1
  if (
    known !== undefined &&
    (dots < 2 || !/^[A-Za-z0-9_-]+\./.test(text) || /^v[1-4]\./.test(text))
  )
    return known
  return dots === 0
    ? { what: 'not a JWT (an old static bearer token, an API key?)', hint: MINT }
    : undefined
}
