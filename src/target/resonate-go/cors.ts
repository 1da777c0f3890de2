import type { HttpHeader } from '../request.ts'

/** What the CORS layer of :8001 makes of a request (gin-contrib/cors v1.7.6 with the settings of http.go:112-120). */
export type CorsAnswer =
  /** The request goes on; its answer carries `headers`. */
  | { readonly kind: 'pass'; readonly headers: readonly HttpHeader[] }
  | { readonly kind: 'preflight'; readonly headers: readonly HttpHeader[] }
  | { readonly kind: 'forbidden' }

const PREFLIGHT: readonly HttpHeader[] = [
  ['access-control-allow-methods', 'GET,POST,PUT,PATCH,DELETE,OPTIONS'],
  ['access-control-allow-headers', 'Origin,Content-Length,Content-Type,Idempotency-Key,Strict'],
]

const VARY: readonly HttpHeader[] = [
  ['vary', 'Origin'],
  ['vary', 'Access-Control-Request-Method'],
  ['vary', 'Access-Control-Request-Headers'],
]

const EXPOSED: HttpHeader = ['access-control-expose-headers', 'Resonate-Version']

/**
 * `origins` as configured (empty = no CORS layer at all), `origin` and `host` as sent. `Authorization` is not among the
 * allowed headers, so that no browser can send a token across origins.
 */
export function answerCors(
  origins: readonly string[],
  method: string,
  origin: string | undefined,
  host: string | undefined,
): CorsAnswer {
  if (origins.length === 0 || origin === undefined || origin === '')
    return { kind: 'pass', headers: [] }
  if (origin === `http://${host ?? ''}` || origin === `https://${host ?? ''}`)
    return { kind: 'pass', headers: [] }
  const everyone = origins.includes('*')
  if (!everyone && !origins.some((allowed) => allows(allowed.trim().toLowerCase(), origin)))
    return { kind: 'forbidden' }
  const allowed: HttpHeader = ['access-control-allow-origin', everyone ? '*' : origin]
  if (method === 'OPTIONS')
    return { kind: 'preflight', headers: [...PREFLIGHT, ...(everyone ? [] : VARY), allowed] }
  const vary: HttpHeader = ['vary', 'Origin']
  return { kind: 'pass', headers: [EXPOSED, ...(everyone ? [] : [vary]), allowed] }
}

/** The pattern that a configured origin is, between slashes; undefined for a plain one (gin-contrib/cors v1.7.6). */
export function patternOf(origin: string): string | undefined {
  return /^\/(.+)\/[gimuy]?$/.exec(origin)?.[1]
}

/** Longer origins are not put to a configured pattern: backtracking may take time beyond measure. */
const MAX_PATTERN_INPUT = 256

function allows(allowed: string, origin: string): boolean {
  const pattern = patternOf(allowed)
  if (pattern === undefined) return allowed === origin
  // Nested repetition is where backtracking explodes; Go's engine has no such weakness.
  if (origin.length > MAX_PATTERN_INPUT || /[*+}]\)*[*+{]/.test(pattern)) return false
  try {
    return new RegExp(pattern, 'u').test(origin)
  } catch {
    return false
  }
}
