import type { Algorithm } from '../key/algorithm.ts'
import type { Claim } from '../token/claims.ts'
import { describeDuration } from '../token/duration.ts'
import type { NumericDate } from '../token/numeric-date.ts'

/** What a team forbids its tokens, from the settings; absent = not limited. */
export interface Policy {
  /** Seconds from now to `exp` at most. */
  readonly maxLifetime?: number
  readonly requiredClaims?: readonly string[]
  /** What a prefix must look like; `*` stands for any text. */
  readonly prefixPattern?: string
  readonly forbidAdmin?: boolean
  readonly minRsaBits?: number
  readonly algorithms?: readonly Algorithm[]
}

/** The key that signs, as far as a policy speaks of it. */
export interface SigningKey {
  readonly alg: Algorithm
  /** Bits of an RSA modulus; absent for other keys. */
  readonly rsaBits?: number
}

/** How a token breaks `policy`, sentences without a full stop; empty when it does not. */
export function findBreaches(
  policy: Policy,
  claims: readonly Claim[],
  key: SigningKey,
  now: NumericDate,
): readonly string[] {
  const value = (name: string): unknown => {
    const json = claims.find((claim) => claim.name === name)?.json
    return json === undefined ? undefined : JSON.parse(json)
  }
  return [
    ...lifetimeBreaches(policy, value('exp'), now),
    ...(policy.requiredClaims ?? [])
      .filter((name) => value(name) === undefined)
      .map((name) => `claim "${name}" is required`),
    ...reachBreaches(policy, value('role'), value('prefix')),
    ...keyBreaches(policy, key),
  ]
}

function lifetimeBreaches(
  { maxLifetime }: Policy,
  exp: unknown,
  now: NumericDate,
): readonly string[] {
  if (maxLifetime === undefined || (typeof exp === 'number' && exp - now <= maxLifetime)) return []
  return [`a token may live ${describeDuration(maxLifetime)} at most`]
}

function reachBreaches(
  { forbidAdmin, prefixPattern }: Policy,
  role: unknown,
  prefix: unknown,
): readonly string[] {
  const admin = typeof role === 'string' && role.toLowerCase() === 'admin'
  const breaches: string[] = []
  if (forbidAdmin === true && (admin || prefix === ''))
    breaches.push('a token that opens everything is forbidden')
  if (prefixPattern !== undefined && typeof prefix === 'string' && !fits(prefix, prefixPattern))
    breaches.push(`prefix "${prefix}" is not of the form "${prefixPattern}"`)
  return breaches
}

/** Whether `text` fits `pattern`, whose `*` stands for any text; linear in both. */
function fits(text: string, pattern: string): boolean {
  const [head = '', ...parts] = pattern.split('*')
  const tail = parts.pop()
  if (tail === undefined) return text === head
  if (text.length < head.length + tail.length) return false
  if (!text.startsWith(head) || !text.endsWith(tail)) return false
  const end = text.length - tail.length
  let from = head.length
  for (const part of parts) {
    const at = text.indexOf(part, from)
    if (at === -1 || at + part.length > end) return false
    from = at + part.length
  }
  return true
}

function keyBreaches({ algorithms, minRsaBits }: Policy, key: SigningKey): readonly string[] {
  const breaches: string[] = []
  if (algorithms !== undefined && !algorithms.includes(key.alg))
    breaches.push(`algorithm ${key.alg} is not one of ${algorithms.join(', ')}`)
  if (minRsaBits !== undefined && key.rsaBits !== undefined && key.rsaBits < minRsaBits)
    breaches.push(`an RSA key needs ${minRsaBits} bits at least`)
  return breaches
}
