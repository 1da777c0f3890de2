import type { Claim } from '../token/claims.ts'
import { describeDuration } from '../token/duration.ts'
import { formatInstant, looksLikeMilliseconds } from '../token/instant.ts'
import type { NumericDate } from '../token/numeric-date.ts'

/** No server can take a token back: its lifetime is the only limit (facts: resonate-server.md 8, row 13). */
const LONG_LIFETIME = 90 * 86_400

/** What deserves saying about a claims set that every Resonate server accepts; sentences without a full stop. */
export function noteClaims(claims: readonly Claim[], now: NumericDate): readonly string[] {
  const value = (name: string): unknown => {
    const json = claims.find((claim) => claim.name === name)?.json
    return json === undefined ? undefined : JSON.parse(json)
  }
  const [role, prefix, exp] = [value('role'), value('prefix'), value('exp')]
  const admin = typeof role === 'string' && role.toLowerCase() === 'admin'
  return [
    ...noteReach(admin, prefix),
    ...(typeof role === 'string' && !admin
      ? [`role "${role}" means nothing to the server: only "admin" does`]
      : []),
    ...['exp', 'nbf', 'iat'].flatMap((name) => noteMilliseconds(name, value(name))),
    ...noteLifetime(exp, now),
    ...(value('nbf') === undefined
      ? []
      : ['nbf is not checked by the Rust server: the token works at once']),
  ]
}

function noteReach(admin: boolean, prefix: unknown): readonly string[] {
  if (admin)
    return prefix === undefined
      ? ['role=admin opens everything, debug operations included']
      : ['role=admin voids the prefix: this token opens everything']
  if (prefix === undefined)
    return ['without a prefix every operation is answered 403; only /poll is open']
  if (prefix === '') return ['an empty prefix opens everything, like role=admin']
  return typeof prefix === 'string' ? notePrefix(prefix) : []
}

/** Whether a prefix ends in a letter or a digit, so that longer names begin with it too. */
export function endsInName(prefix: string): boolean {
  // V8 takes half a millisecond to build the other one.
  return /[a-z0-9]$/i.test(prefix) || (/[^ -~]$/.test(prefix) && /[\p{L}\p{N}]$/u.test(prefix))
}

/** Prefixes compare byte by byte without a boundary; which delimiter an SDK's ids can have: vectors/sdk/README.md. */
function notePrefix(prefix: string): readonly string[] {
  if (endsInName(prefix))
    return [
      `prefix "${prefix}" also opens "${prefix}0…" and "${prefix}x…"; end it with the delimiter of your ids: "${prefix}." "${prefix}-" or "${prefix}/" with every SDK, "${prefix}:" only up to TypeScript 0.11.4 and Python 0.7.4`,
    ]
  if (prefix.endsWith(':'))
    return [
      `prefix "${prefix}" fits the ids of SDKs up to TypeScript 0.11.4 and Python 0.7.4; newer ones refuse ":" in an id, so use "." "-" or "/" there`,
    ]
  return []
}

function noteMilliseconds(name: string, value: unknown): readonly string[] {
  if (typeof value !== 'number' || !looksLikeMilliseconds(value)) return []
  const seconds = Math.floor(value / 1000)
  return [
    `${name} ${value} looks like milliseconds; servers read seconds (${formatInstant(seconds) ?? 'that instant'} is ${seconds})`,
  ]
}

function noteLifetime(exp: unknown, now: NumericDate): readonly string[] {
  if (typeof exp !== 'number' || exp - now <= LONG_LIFETIME) return []
  return [
    `the token lives ${describeDuration(exp - now)}; nothing can take it back but a new key pair`,
  ]
}
