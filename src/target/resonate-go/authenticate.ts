import { isAlgorithm } from '../../key/algorithm.ts'
import type { NumericDate } from '../../token/numeric-date.ts'
import type {
  Authentication,
  Authority,
  AuthSettings,
  Check,
  Refusal,
  ServerKey,
} from '../target.ts'
import { CLAIMS, describeTimeFaults, findTimeFaults } from './claims.ts'
import { hasControl } from './go-text.ts'
import type { GoValue } from './go-type.ts'
import { type ParsedToken, parseToken, readClaimsSet } from './jwt.ts'

/** What is looked at, in the server's order (golang-jwt v5.3.0 parser.go, ParseWithClaims). */
const STEPS = ['form', 'header', 'claims', 'alg', 'signature', 'exp', 'nbf'] as const

type Step = (typeof STEPS)[number]

const FOUND: Readonly<Record<Step, string>> = {
  form: 'three segments',
  header: 'a JSON object in base64url',
  claims: 'claims of the right types',
  alg: 'an RSA PKCS#1 algorithm',
  signature: 'made with the private half of the configured key',
  exp: 'not expired, or no exp at all',
  nbf: 'already valid, or no nbf at all',
}

const UNCHECKED: readonly Check[] = ['iss', 'aud', 'sub', 'iat', 'kid'].map((subject) => ({
  subject,
  state: 'unchecked',
  says: 'this server never looks at it, beyond its JSON type',
}))

/**
 * Whether the server (v0.8.2) knows who sends `Authorization: Bearer <token>`; `undefined` = no such header. The blanks
 * that HTTP takes off the end of a header's value are taken off. Source: internal/api/middleware.go, authenticate.
 */
export function authenticate(
  token: Uint8Array | undefined,
  settings: AuthSettings,
  at: NumericDate,
): Authentication {
  if (token === undefined) return authenticateValue(undefined, settings, at)
  const value = Buffer.concat([Buffer.from('Bearer '), token])
  if (hasControl(value.toString('latin1').replaceAll('\t', '')))
    return {
      authenticated: false,
      reason: 'bad-header',
      checks: listChecks('form', 'a control character, which no HTTP header can carry'),
    }
  return authenticateValue(trimBlanks(value), settings, at)
}

/** The same for the value of the header as it arrived, without the blanks around it; `undefined` or empty = absent. */
export function authenticateValue(
  value: Uint8Array | undefined,
  settings: AuthSettings,
  at: NumericDate,
): Authentication {
  const token = value === undefined ? new Uint8Array() : stripScheme(value)
  if (value === undefined || token.length === 0)
    return {
      authenticated: false,
      reason: 'no-token',
      detail: 'missing authorization header',
      checks: listChecks('form', 'no Authorization header'),
    }
  const parsed = parseToken(token, CLAIMS)
  if (!parsed.ok)
    return fail(parsed.step === 'alg' ? 'alg' : 'malformed', parsed.step, parsed.message)
  return judge(parsed.token, settings, at)
}

/** What the bearer of a claims set may do, as if a right signature stood over it; `payload` is the JSON text. */
export function readClaims(
  payload: Uint8Array,
  _settings: AuthSettings,
  at: NumericDate,
): Authentication {
  const read = readClaimsSet(payload, CLAIMS)
  if (!read.ok) return fail('malformed', 'claims', `token is malformed: ${read.message}`)
  return judgeTimes(read.claims, at)
}

/** Blanks (space, tab) off both ends, as net/textproto reads a header's value. */
function trimBlanks(value: Uint8Array): Uint8Array {
  let start = 0
  let end = value.length
  while (end > start && isBlank(value[end - 1])) end--
  while (start < end && isBlank(value[start])) start++
  return value.subarray(start, end)
}

function isBlank(code: number | undefined): boolean {
  return code === 0x20 || code === 0x09
}

/** `bearer ` in any case is taken off; whatever else is there is taken for the token (http.go:141-150). */
function stripScheme(value: Uint8Array): Uint8Array {
  const scheme = Buffer.from(value.subarray(0, 7)).toString('latin1')
  return /^bearer $/i.test(scheme) ? value.subarray(7) : value
}

function judge(token: ParsedToken, settings: AuthSettings, at: NumericDate): Authentication {
  const { alg } = token
  if (!alg.startsWith('RS'))
    return fail(
      'alg',
      'alg',
      `token is unverifiable: error while executing keyfunc: unexpected signing method: ${alg}`,
    )
  const complaint = complain(settings.key, alg, token.input, token.signature)
  if (complaint !== undefined)
    return fail('signature', 'signature', `token signature is invalid: ${complaint}`)
  return judgeTimes(token.claims, at)
}

/** Why `key` does not verify the signature, in crypto/rsa's words; undefined when it does. */
function complain(
  key: ServerKey | 'none',
  alg: string,
  input: Uint8Array,
  signature: Uint8Array,
): string | undefined {
  if (key === 'none' || !isAlgorithm(alg)) return undefined
  if (key.complaint !== undefined) return key.complaint
  return key.verify(alg, input, signature) ? undefined : 'crypto/rsa: verification error'
}

function judgeTimes(claims: ReadonlyMap<string, GoValue>, at: NumericDate): Authentication {
  const faults = findTimeFaults(claims, at)
  const [first] = faults
  if (first !== undefined) {
    const texts = describeTimeFaults(faults)
    const refusal = fail(first === 'exp' ? 'expired' : 'not-yet-valid', first, texts)
    return { ...refusal, claim: first, detail: `${PREFIX}token has invalid claims: ${texts}` }
  }
  return { authenticated: true, authority: authorityOf(claims), checks: listChecks(undefined, '') }
}

function authorityOf(claims: ReadonlyMap<string, GoValue>): Authority {
  const role = claims.get('role')
  const prefix = claims.get('prefix')
  return {
    ...(typeof role === 'string' && { role }),
    prefix: typeof prefix === 'string' ? { kind: 'text', text: prefix } : { kind: 'absent' },
  }
}

const PREFIX = 'token validation failed: '

function fail(
  reason: string,
  step: Step,
  message: string,
): Refusal & { readonly authenticated: false } {
  return {
    authenticated: false,
    reason,
    detail: PREFIX + message,
    checks: listChecks(step, message),
  }
}

function listChecks(failed: Step | undefined, says: string): readonly Check[] {
  const stop = failed === undefined ? STEPS.length : STEPS.indexOf(failed)
  const checks = STEPS.map((subject, index): Check => {
    if (index < stop) return { subject, state: 'pass', says: FOUND[subject] }
    if (index === stop) return { subject, state: 'fail', says }
    return { subject, state: 'unreached', says: 'the server stopped before' }
  })
  return [...checks, ...UNCHECKED]
}
