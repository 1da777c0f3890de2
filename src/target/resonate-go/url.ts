import { hasControl } from './go-text.ts'

/** A request target taken apart as net/url does; text is bytes, one per character. */
export interface RequestTarget {
  /** Decoded; empty for an opaque URL such as `mailto:x`. */
  readonly path: string
  readonly query: string
  /** The host of an absolute form; empty otherwise. */
  readonly host: string
}

const HEX_PAIR = /^[0-9a-fA-F]{2}$/

/**
 * Reads a request target (net/url ParseRequestURI, Go 1.26); undefined where the server answers 400 Bad Request by
 * itself. `target` is taken as UTF-8; the parts come as one character per byte.
 */
export function parseRequestTarget(target: string): RequestTarget | undefined {
  const raw = Buffer.from(target).toString('latin1')
  // The request line is split at blanks, so a blank in the target spoils it.
  if (raw === '' || raw.includes(' ') || hasControl(raw)) return undefined
  if (raw === '*') return { path: '*', query: '', host: '' }
  if (raw.startsWith(':')) return undefined
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.exec(raw)?.[0] ?? ''
  const { before: rest, after: query } = cut(raw.slice(scheme.length), '?')
  if (!rest.startsWith('/')) return scheme === '' ? undefined : { path: '', query, host: '' }
  if (scheme === '' || !rest.startsWith('//')) return withPath(rest, query, '')
  const slash = rest.indexOf('/', 2)
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash)
  return withPath(slash < 0 ? '' : rest.slice(slash), query, authority.split('@').at(-1) ?? '')
}

function withPath(escaped: string, query: string, host: string): RequestTarget | undefined {
  const path = decodePercent(escaped)
  return path === undefined ? undefined : { path, query, host }
}

/** `text` before and after the first `separator`; all of it before when there is none. */
export function cut(text: string, separator: string): { before: string; after: string } {
  const at = text.indexOf(separator)
  if (at < 0) return { before: text, after: '' }
  return { before: text.slice(0, at), after: text.slice(at + separator.length) }
}

/** `text` with %XX decoded; undefined where a % has no two digits after it. */
function decodePercent(text: string): string | undefined {
  const [first = '', ...pieces] = text.split('%')
  if (!pieces.every((piece) => HEX_PAIR.test(piece.slice(0, 2)))) return undefined
  const decoded = pieces.map(
    (piece) => String.fromCharCode(Number.parseInt(piece.slice(0, 2), 16)) + piece.slice(2),
  )
  return first + decoded.join('')
}

/** The first value of every name in a query (net/url ParseQuery): pairs with a `;` or a bad escape are left out. */
export function parseQuery(query: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue
    const { before, after } = cut(pair, '=')
    const name = decodePercent(before.replaceAll('+', ' '))
    const value = decodePercent(after.replaceAll('+', ' '))
    if (name === undefined || value === undefined || values.has(name)) continue
    values.set(name, value)
  }
  return values
}
