import { floatToInt } from './go-number.ts'
import { quoteGo, quoteGoBytes } from './go-text.ts'
import type { CustomRead, GoField, GoType, GoValue } from './go-type.ts'
import { type JsonNode, sourceOf, stringOf } from './json.ts'
import { findHugeNumber } from './json-decode.ts'

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** golang-jwt v5.3.0, types.go: a number, or a string that looks like one, as seconds; the fraction is cut. */
function readNumericDate(bytes: Uint8Array, node: JsonNode): CustomRead {
  if (node.kind !== 'number' && node.kind !== 'string')
    return fail(
      `could not parse NumericData: json: cannot unmarshal ${node.kind} into Go value of type json.Number`,
    )
  const text = node.kind === 'string' ? stringOf(bytes, node) : sourceOf(bytes, node)
  if (!JSON_NUMBER.test(text))
    return fail(
      `could not parse NumericData: json: invalid number literal, trying to unmarshal ${quoteGoBytes(bytes.subarray(node.start, node.end))} into Number`,
    )
  const value = Number(text)
  if (!Number.isFinite(value))
    return fail(
      `could not convert json number value to float: strconv.ParseFloat: parsing ${quoteGo(text)}: value out of range`,
    )
  return { ok: true, value: internalSeconds(value) }
}

function fail(message: string): CustomRead {
  return { ok: false, message }
}

/** Seconds from the year 1, where Go's time.Time counts from, to 1970 (time.go, unixToInternal). */
const UNIX_TO_INTERNAL = 62_135_596_800n

/**
 * Seconds since the year 1 in 64 bits, wrapping around as Go's arithmetic does: a date near 2^63 lies in the far past
 * (types.go newNumericDateFromSeconds; time.go Unix and Truncate).
 */
function internalSeconds(seconds: number): bigint {
  const whole = Math.trunc(seconds)
  const nanoseconds = Math.trunc((seconds - whole) * 1e9)
  const unix = floatToInt(whole) - (nanoseconds < 0 ? 1n : 0n)
  return BigInt.asIntN(64, unix + UNIX_TO_INTERNAL)
}

/** Whether `at` (Unix seconds) lies before the date `readClaimsSet` made. */
function isBefore(at: number, date: bigint): boolean {
  return BigInt(Math.floor(at)) + UNIX_TO_INTERNAL < date
}

/** golang-jwt v5.3.0, types.go ClaimStrings: text or a list of text; null leaves it. */
function readClaimStrings(bytes: Uint8Array, node: JsonNode): CustomRead {
  const huge = findHugeNumber(bytes, node)
  if (huge !== undefined) return { ok: false, found: `number ${huge}`, wanted: 'float64' }
  if (node.kind === 'null') return { ok: true, value: undefined }
  const texts = node.kind === 'array' ? node.items : [node]
  return texts.every((item) => item.kind === 'string')
    ? { ok: true, value: texts.map((item) => stringOf(bytes, item)) }
    : fail('invalid type for claim')
}

const NUMERIC_DATE: GoType = { kind: 'pointer', to: { kind: 'custom', read: readNumericDate } }

function registered(name: string, type: GoType): GoField {
  return { name, type, via: 'RegisteredClaims' }
}

/** The registered claims of golang-jwt v5.3.0 (registered_claims.go). */
export const REGISTERED_CLAIMS: readonly GoField[] = [
  registered('iss', { kind: 'string' }),
  registered('sub', { kind: 'string' }),
  registered('aud', { kind: 'custom', read: readClaimStrings }),
  registered('exp', NUMERIC_DATE),
  registered('nbf', NUMERIC_DATE),
  registered('iat', NUMERIC_DATE),
  registered('jti', { kind: 'string' }),
]

/** The claims of the server (v0.8.2 internal/api/middleware.go, Claims). */
export const CLAIMS: GoType = {
  kind: 'struct',
  name: 'api.Claims',
  fields: [
    { name: 'prefix', type: { kind: 'pointer', to: { kind: 'string' } } },
    { name: 'role', type: { kind: 'string' } },
    ...REGISTERED_CLAIMS,
  ],
}

type TimeFault = 'exp' | 'nbf'

/** What golang-jwt's validator finds wrong with the times of `claims` at `at` (Unix seconds, no leeway), in its order. */
export function findTimeFaults(
  claims: ReadonlyMap<string, GoValue>,
  at: number,
): readonly TimeFault[] {
  const faults: TimeFault[] = []
  const exp = claims.get('exp')
  const nbf = claims.get('nbf')
  if (typeof exp === 'bigint' && !isBefore(at, exp)) faults.push('exp')
  if (typeof nbf === 'bigint' && isBefore(at, nbf)) faults.push('nbf')
  return faults
}

const FAULTS = { exp: 'token is expired', nbf: 'token is not valid yet' } as const

/** The faults in golang-jwt's words (errors.go), without `token has invalid claims: `. */
export function describeTimeFaults(faults: readonly TimeFault[]): string {
  return faults.map((fault) => FAULTS[fault]).join(', ')
}
