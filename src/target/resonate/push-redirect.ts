import type { HttpHeader } from '../request.ts'
import { bareUrl, type Hop } from './push.ts'

/** The most hops after the first request (reqwest's default policy). */
const HOP_LIMIT = 10

/** Headers that do not go along to another host or port. */
const SENSITIVE = ['authorization', 'cookie', 'cookie2', 'proxy-authorization', 'www-authenticate']

/** Headers that describe a body and go with it when POST becomes GET. */
const PAYLOAD = ['content-type', 'content-length', 'content-encoding', 'transfer-encoding']

/** The answer of a receiver that points elsewhere. */
export interface Redirect {
  readonly status: number
  /** The `location` header, undefined = there is none. */
  readonly location: string | undefined
}

export type Following =
  | { readonly kind: 'hop'; readonly hop: Hop }
  /** The answer is final: it counts as the target's own. */
  | { readonly kind: 'answer' }
  | { readonly kind: 'failed'; readonly why: 'too-many' | 'scheme' }

/**
 * The next request after `hops` (the first request and what followed it) when the last one is answered with
 * `redirect`. Sensitive headers stay away only from a hop whose host or port differs from the one *just before*: they
 * are back on the next hop within that foreign host. Any other header goes everywhere.
 * Source: reqwest 0.12.28 redirect.rs over tower-http 0.6.8 follow_redirect; push.jsonl.
 */
export function followRedirect(hops: readonly [Hop, ...Hop[]], redirect: Redirect): Following {
  const [first] = hops
  const last = hops.at(-1) ?? first
  const keepsMethod = redirect.status === 307 || redirect.status === 308
  if (!keepsMethod && ![301, 302, 303].includes(redirect.status)) return { kind: 'answer' }
  const next = resolve(redirect.location, last.url)
  if (next === undefined) return { kind: 'answer' }
  if (hops.length > HOP_LIMIT) return { kind: 'failed', why: 'too-many' }
  if (next.protocol !== 'http:' && next.protocol !== 'https:')
    return { kind: 'failed', why: 'scheme' }
  const previous = new URL(last.url)
  const method = keepsMethod ? last.method : 'GET'
  const dropped = [
    'referer',
    ...(method === 'GET' ? PAYLOAD : []),
    ...(sameHost(next, previous) ? [] : SENSITIVE),
  ]
  const headers: HttpHeader[] = first.headers.filter(([name]) => !dropped.includes(name))
  const carried = first.headers.find(([name]) => name === 'referer')
  if (!(next.protocol === 'http:' && previous.protocol === 'https:'))
    headers.push(['referer', bareUrl(previous)])
  else if (carried !== undefined) headers.push(carried)
  return { kind: 'hop', hop: { method, url: bareUrl(next), headers } }
}

function resolve(location: string | undefined, base: string): URL | undefined {
  if (location === undefined || !/^[!-~]*$/.test(location)) return undefined
  return URL.canParse(location, base) ? new URL(location, base) : undefined
}

function sameHost(a: URL, b: URL): boolean {
  return a.hostname === b.hostname && port(a) === port(b)
}

function port({ port: explicit, protocol }: URL): string {
  return explicit !== '' ? explicit : protocol === 'https:' ? '443' : '80'
}
