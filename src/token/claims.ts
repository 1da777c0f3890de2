import type { NumericDate } from './numeric-date.ts'

/** One claim; `json` is the exact JSON text of its value, so that no number loses digits. */
export interface Claim {
  readonly name: string
  readonly json: string
}

/** The claims that are made from flags; absent = left out of the token. */
export interface RegisteredClaims {
  readonly iss?: string
  readonly sub?: string
  /** Always written as an array: a Rust server refuses a string (facts: src/auth.rs `Claims.aud`). */
  readonly aud?: readonly string[]
  readonly exp?: NumericDate
  readonly nbf?: NumericDate
  readonly iat?: NumericDate
  readonly jti?: string
  readonly role?: string
  readonly prefix?: string
}

/** The claims with their JSON texts, in the order of the object. */
export function listClaims(registered: RegisteredClaims): readonly Claim[] {
  return Object.entries(registered).map(([name, value]) => ({ name, json: JSON.stringify(value) }))
}

/** The claims set as JSON text without white space between members. */
export function serializeClaims(claims: readonly Claim[]): string {
  return `{${claims.map(({ name, json }) => `${JSON.stringify(name)}:${json}`).join(',')}}`
}

export type MembersOutcome =
  | { readonly ok: true; readonly claims: readonly Claim[] }
  | { readonly ok: false; readonly message: string }

/** The members of the JSON object in `text`, each value with its own text; repeated names are kept. */
export function readMembers(text: string): MembersOutcome {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, message: 'not JSON' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, message: 'not a JSON object' }
  return { ok: true, claims: splitMembers(text) }
}

/** Splits the text of a valid JSON object at its own level. */
function splitMembers(text: string): readonly Claim[] {
  const claims: Claim[] = []
  let depth = 0
  let start = 0
  let colon = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') at = endOfString(text, at)
    else if (char === '{' || char === '[') {
      depth++
      if (depth === 1) start = at + 1
    } else if (char === ':' && depth === 1) colon = at
    else if (char === ',' && depth === 1) {
      claims.push(member(text, start, colon, at))
      start = at + 1
    } else if (char === '}' || char === ']') {
      depth--
      if (depth === 0 && text.slice(start, at).trim() !== '')
        claims.push(member(text, start, colon, at))
    }
  }
  return claims
}

/** Where the string that begins at `open` has its closing quote; the text is valid JSON. */
function endOfString(text: string, open: number): number {
  let close = text.indexOf('"', open + 1)
  while (isEscaped(text, close)) close = text.indexOf('"', close + 1)
  return close
}

/** Whether an odd number of backslashes stands before `at`. */
function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text[before - 1] === '\\') before--
  return (at - before) % 2 === 1
}

function member(text: string, start: number, colon: number, end: number): Claim {
  const quoted = text.slice(start, colon).trim()
  // The text is valid JSON: a member's name is a string.
  const name = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1)
  return { name, json: text.slice(colon + 1, end).trim() }
}

/** Deeper values are not turned into objects: what prints them again is recursive. */
const DEEPEST = 500

/** The value of `claim` as plain data; one nested more than 500 levels deep stays its JSON text. */
export function claimValue({ json }: Claim): unknown {
  return nestsDeeper(json, DEEPEST) ? json : JSON.parse(json)
}

function nestsDeeper(json: string, limit: number): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    const char = json[at]
    if (char === '"') at = endOfString(json, at)
    else if (char === '[' || char === '{') depth++
    else if (char === ']' || char === '}') depth--
    if (depth > limit) return true
  }
  return false
}
