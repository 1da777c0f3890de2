import { printable } from '../lint/printable.ts'
import type { Claim } from '../token/claims.ts'
import type { DecodedToken, Segment } from '../token/decode.ts'
import { describeDistance } from '../token/duration.ts'
import { formatInstant, looksLikeMilliseconds } from '../token/instant.ts'
import type { NumericDate } from '../token/numeric-date.ts'

/** Claims that hold a NumericDate (RFC 7519 §4.1, OpenID Connect Core §2). */
const TIME_CLAIMS: ReadonlySet<string> = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at'])

/** A time claim for a person: `2026-12-31T00:00:00Z, in 58 min`; undefined for any other claim or value. */
export function describeTime({ name, json }: Claim, now: NumericDate): string | undefined {
  if (!TIME_CLAIMS.has(name)) return undefined
  const value = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(json) ? Number(json) : Number.NaN
  if (looksLikeMilliseconds(value)) {
    const meant = formatInstant(Math.floor(value / 1000))
    return `milliseconds? as such ${meant ?? 'no date'}; servers read seconds`
  }
  const date = formatInstant(value)
  return date === undefined ? undefined : `${date}, ${describeDistance(value, now)}`
}

/** A token for a person: header and payload member by member, times as dates too, then all that is wrong. */
export function describeToken(token: DecodedToken, now: NumericDate): string {
  const signature =
    token.signature === undefined || token.signature.length === 0
      ? 'none'
      : `${token.signature.length} bytes`
  return [
    describeSegment('header', token.header, now),
    describeSegment('payload', token.payload, now),
    `signature: not checked (${signature})\n`,
    ...token.problems.map((problem) => `problem: ${problem}\n`),
  ].join('')
}

function describeSegment(name: string, segment: Segment, now: NumericDate): string {
  const problems = segment.problems.map((problem) => `  problem: ${printable(problem)}\n`)
  return `${name}\n${segmentBody(segment, now)}${problems.join('')}`
}

/** Values of names up to this long stand in one column. */
const WIDEST = 40

function segmentBody({ members, text }: Segment, now: NumericDate): string {
  if (members === undefined) return text === undefined ? '' : `  ${printable(text)}\n`
  const longest = members.reduce((most, { name }) => Math.max(most, printable(name).length), 0)
  const width = Math.min(longest, WIDEST)
  return members
    .map((claim) => {
      const time = describeTime(claim, now)
      const value = printable(claim.json)
      return `  ${printable(claim.name).padEnd(width)}  ${value}${time === undefined ? '' : `  (${time})`}\n`
    })
    .join('')
}
