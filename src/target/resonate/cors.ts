import { type HttpHeader, type HttpRequest, headerValues } from '../request.ts'
import { isHeaderValue } from './header-field.ts'

/** What the CORS layer does with a request before, or around, everything else. */
export interface CorsAnswer {
  /** 200 where the layer answers alone: every OPTIONS request, whatever its path, preflight or not. */
  readonly status: 200 | undefined
  /** Lower-case names, in alphabetical order; none when CORS is off. */
  readonly headers: readonly HttpHeader[]
}

const VARY: HttpHeader = [
  'vary',
  'origin, access-control-request-method, access-control-request-headers',
]

/**
 * The CORS layer over `server.cors.allow_origins`: no entry = no layer; an entry `*` = everything allowed and the
 * other entries forgotten; else an origin is allowed when it equals an entry byte for byte. Never sends credentials,
 * a maximum age or the private-network header. Source: main.rs `build_cors_layer`, tower-http 0.6.8 cors; cors.jsonl.
 */
export function cors(origins: readonly string[], request: HttpRequest): CorsAnswer {
  if (origins.length === 0) return { status: undefined, headers: [] }
  const preflight = request.method === 'OPTIONS'
  const headers: HttpHeader[] = preflight
    ? allowances(origins.includes('*'))
    : origins.includes('*')
      ? [['access-control-expose-headers', '*']]
      : []
  const origin = allowedOrigin(origins, request)
  if (origin !== undefined) headers.push(['access-control-allow-origin', origin])
  headers.push(VARY)
  return { status: preflight ? 200 : undefined, headers: headers.sort(byName) }
}

function allowances(everything: boolean): HttpHeader[] {
  return [
    [
      'access-control-allow-headers',
      everything ? '*' : 'origin,content-length,content-type,authorization',
    ],
    ['access-control-allow-methods', everything ? '*' : 'GET,POST,PUT,PATCH,DELETE,OPTIONS'],
  ]
}

/**
 * `access-control-allow-origin`: of several `Origin` headers the first counts, and an empty one is an origin too.
 * Entries that cannot stand in a header are dropped at the start without a word, and the layer stays on.
 */
function allowedOrigin(origins: readonly string[], request: HttpRequest): string | undefined {
  if (origins.includes('*')) return '*'
  const [origin] = headerValues(request, 'origin')
  return origin !== undefined && origins.filter(isHeaderValue).includes(origin) ? origin : undefined
}

function byName([a]: HttpHeader, [b]: HttpHeader): number {
  return a < b ? -1 : 1
}
