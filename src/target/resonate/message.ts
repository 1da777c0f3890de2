import { type HttpRequest, headerValues } from '../request.ts'
import { isHeaderName, isHeaderValue } from './header-field.ts'

/** Why the HTTP layer answers alone, without CORS headers, a log line or a look at the path. */
export type MessageFlaw = 'malformed-message' | 'path-too-long' | 'headers-too-large'

export type MessageReading =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly flaw: MessageFlaw }

/** hyper's bounds: the length of a request target, and the number of headers. */
const TARGET_LIMIT = 65_534
const HEADERS_LIMIT = 100

/** The buffer for all before the body: 417792 bytes, and what the last read brought beyond it, some 30 kB as measured. */
const HEAD_LIMIT = 450_000

/**
 * The path that the router sees, or why the message gets no further. Source: hyper 1.8.1 proto/h1/role.rs,
 * httparse 1.10.1, http 1.4.0 uri.
 */
export function readMessage(request: HttpRequest): MessageReading {
  const { method, path: target, headers } = request
  if (!isHeaderName(method) || !/^[!-~\u{80}-\u{10ffff}]+$/u.test(target))
    return { ok: false, flaw: 'malformed-message' }
  if (headers.length > HEADERS_LIMIT || headLength(request) > HEAD_LIMIT)
    return { ok: false, flaw: 'headers-too-large' }
  if (!headers.every(([name, value]) => isHeaderName(name) && isHeaderValue(value)))
    return { ok: false, flaw: 'malformed-message' }
  if (Buffer.byteLength(target) > TARGET_LIMIT) return { ok: false, flaw: 'path-too-long' }
  const path = readTarget(target)
  if (path === undefined || !hasUsableLength(request))
    return { ok: false, flaw: 'malformed-message' }
  return { ok: true, path }
}

function headLength({ method, path, headers }: HttpRequest): number {
  const lengths = headers.map(([name, value]) => Buffer.byteLength(name + value) + 4)
  return lengths.reduce((sum, length) => sum + length, Buffer.byteLength(method + path) + 14)
}

/** The path of a request target in any of its four forms (RFC 9112 section 3.2); undefined = not a URI. */
function readTarget(target: string): string | undefined {
  if (target === '*') return '*'
  if (target.startsWith('/')) return readPath(target)
  const [, rest = target] = /^[A-Za-z0-9+.-]{0,64}:\/\/(.*)$/su.exec(target) ?? []
  const [authority = ''] = /^[^/?#]*/.exec(rest) ?? []
  if (!isAuthority(authority)) return undefined
  // Without a scheme only an authority alone is a URI; the router then sees an empty path.
  if (rest === target) return authority === target ? '' : undefined
  return readPath(rest.slice(authority.length))
}

function readPath(text: string): string | undefined {
  const [beforeFragment = ''] = text.split('#', 1)
  const [path = '', ...query] = beforeFragment.split('?')
  if (!/^[!$-;=@-_a-~"\u{80}-\u{10ffff}]*$/u.test(path)) return undefined
  if (!/^[!$-;=?-~\u{80}-\u{10ffff}]*$/u.test(query.join('?'))) return undefined
  return path === '' ? '/' : path
}

/** Whether `text` is an authority to http 1.4: brackets as a pair, `%` in user information and brackets alone, one port. */
export function isAuthority(text: string): boolean {
  if (!/^[!$&'()*+,;=:@._~%[\]0-9A-Za-z-]+$/.test(text) || text.endsWith('@')) return false
  if (text.split(/[@\]]/).some((part) => count(part, ':') > 8)) return false
  const tail = text.slice(Math.max(text.lastIndexOf('@'), text.lastIndexOf(']')) + 1)
  return hasFittingBrackets(text) && count(tail, ':') <= 1 && !tail.includes('%')
}

function hasFittingBrackets(text: string): boolean {
  if (!/^[^[\]]*(?:\[[^[\]]*\][^[\]]*)?$/.test(text)) return false
  const before = text.includes('[') ? text.slice(0, text.indexOf('[')) : ''
  return !before.slice(before.lastIndexOf('@') + 1).includes('%')
}

function count(text: string, char: string): number {
  return text.split(char).length - 1
}

/** A length must be digits, and said twice must be the same; it does not count under a transfer encoding. */
function hasUsableLength(request: HttpRequest): boolean {
  const encodings = headerValues(request, 'transfer-encoding')
  if (encodings.length > 0) return /(?:^|,)[ \t]*chunked$/i.test(encodings.at(-1) ?? '')
  const lengths = headerValues(request, 'content-length')
  return new Set(lengths.map(Number)).size <= 1 && lengths.every((text) => /^\d+$/.test(text))
}
