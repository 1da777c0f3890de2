import { describeDistance } from '../../token/duration.ts'
import { formatInstant, looksLikeMilliseconds } from '../../token/instant.ts'
import type { NumericDate } from '../../token/numeric-date.ts'
import type { AuthSettings, Check } from '../target.ts'
import type { Judgement, Refused } from './judgement.ts'
import { LEEWAY } from './leeway.ts'
import { describeReason } from './reasons.ts'
import { type Members, showMembers, showValue } from './shown-members.ts'

/** What a sentence about a claim may depend on. */
interface Facts {
  readonly value: unknown
  readonly settings: AuthSettings
  readonly at: NumericDate
}

/** The claims that decide, in the order in which the server looks at their values. */
const DECIDING: Readonly<Record<string, (facts: Facts) => Omit<Check, 'subject'>>> = {
  exp: ({ value, at }) => ({ state: 'pass', says: sayExpiry(value, at) }),
  iss: ({ value, settings }) => sayConfigured(value, settings.iss, 'issuer'),
  aud: ({ value, settings }) => sayConfigured(value, settings.aud, 'audience'),
  role: ({ value }) => ({ state: 'pass', says: sayRole(value) }),
  prefix: ({ value }) => sayPrefix(value),
}

/** Claims the server never looks at, with what is worth knowing about them. */
const IGNORED: Readonly<Record<string, (facts: Facts) => string>> = {
  nbf: ({ value, at }) => `${sayInstant(value, at)}; the token works before it, too`,
  iat: ({ value, at }) => `${sayInstant(value, at)}; no maximum age`,
  sub: ({ value }) => `${showValue(value)}; never compared with anything`,
  jti: ({ value }) => `${showValue(value)}; no token is ever revoked by it`,
}

/** One check a claim of the claims set in `payload` (JSON bytes): first those that decide, then what nobody reads. */
export function checkClaims(
  payload: Buffer,
  settings: AuthSettings,
  at: NumericDate,
  judgement: Judgement,
): readonly Check[] {
  const members = showMembers(payload)
  const deciding = Object.entries(DECIDING).map(([claim, say], index): Check => {
    const facts = { value: members?.[claim], settings, at }
    if (judgement.ok || index < valuesReached(judgement)) return { subject: claim, ...say(facts) }
    return judgement.stage === claim
      ? { subject: claim, state: 'fail', says: sayFailure(judgement, facts) }
      : { subject: claim, state: 'unreached', says: 'not reached: the server stopped before' }
  })
  const ignored = Object.entries(IGNORED).flatMap(([claim, say]): Check[] => {
    const facts = { value: members?.[claim], settings, at }
    if (!judgement.ok && judgement.stage === claim)
      return [{ subject: claim, state: 'fail', says: describeReason(judgement.reason) }]
    return facts.value === undefined
      ? []
      : [{ subject: claim, state: 'unchecked', says: say(facts) }]
  })
  return [...deciding, ...ignored]
}

/** How many of the deciding claims had their values looked at and found good. */
function valuesReached({ reason }: Refused): number {
  return ['expired', 'wrong-issuer', 'wrong-audience'].indexOf(reason)
}

function sayFailure({ reason }: Refused, { value, settings, at }: Facts): string {
  if (reason === 'expired') return `${sayExpiry(value, at)}; the server allows ${LEEWAY} s`
  if (reason === 'wrong-issuer')
    return `${showValue(value)}, but the server wants exactly ${showValue(settings.iss)}`
  if (reason === 'wrong-audience')
    return `${showValue(value)}, but the server wants ${showValue(settings.aud)} among them`
  return describeReason(reason)
}

function sayExpiry(value: unknown, at: NumericDate): string {
  if (typeof value !== 'number') return showValue(value)
  if (looksLikeMilliseconds(value)) return `${sayInstant(value, at)}; meant as milliseconds?`
  if (value >= at) return `expires ${sayInstant(value, at)}`
  const late = at - value <= LEEWAY ? `, within the ${LEEWAY} s the server allows` : ''
  return `expired ${sayInstant(value, at)}${late}`
}

function sayInstant(value: unknown, at: NumericDate): string {
  const text = typeof value === 'number' ? formatInstant(value) : undefined
  // A value with a calendar date is a number.
  return text === undefined ? showValue(value) : `${text}, ${describeDistance(value as number, at)}`
}

function sayConfigured(
  value: unknown,
  configured: string | undefined,
  noun: string,
): Omit<Check, 'subject'> {
  if (configured !== undefined) return { state: 'pass', says: `${showValue(value)}, as configured` }
  const found = value === undefined ? 'absent' : showValue(value)
  return { state: 'unchecked', says: `${found}; the server has no ${noun} configured` }
}

function sayRole(value: unknown): string {
  if (typeof value !== 'string') return 'absent: the prefix decides'
  return value.toLowerCase() === 'admin'
    ? `${showValue(value)}: everything is allowed, whatever the prefix`
    : `${showValue(value)}: means nothing to the server, the prefix decides`
}

function sayPrefix(value: unknown): Omit<Check, 'subject'> {
  if (value === '') return { state: 'pass', says: '"": everything is allowed' }
  if (typeof value === 'string')
    return { state: 'pass', says: `${showValue(value)}: allowed where an id starts with it` }
  const found = value === undefined || value === null ? 'absent' : `${showValue(value)}, not a text`
  return { state: 'unchecked', says: `${found}: everything is forbidden unless the role is admin` }
}

/** Members of the header that the server never looks at, present ones only. */
export function checkHeaderMembers(header: Members | undefined): readonly Check[] {
  const notes = {
    kid: 'not used: the server has one key',
    typ: 'not used',
    crit: 'ignored, though RFC 7515 §4.1.11 wants unknown extensions refused',
  }
  return Object.entries(notes).flatMap(([subject, note]): Check[] => {
    const value = header?.[subject]
    return value === undefined
      ? []
      : [{ subject, state: 'unchecked', says: `${showValue(value)}; ${note}` }]
  })
}
