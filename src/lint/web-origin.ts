/** What is wrong with a configured origin, and what a browser would send instead. */
export interface OriginFlaw {
  readonly kind:
    | 'blanks'
    | 'joined'
    | 'quotes'
    | 'wildcard'
    | 'pattern'
    | 'scheme-missing'
    | 'path'
    | 'credentials'
    | 'upper-case'
    | 'default-port'
    | 'idn'
    | 'form'
  /** A clause that goes with the entry: `"https://a/" never matches: …`. */
  readonly says: string
  /** The origins a browser sends for what was meant; none where that cannot be told. */
  readonly meant: readonly string[]
}

const SPECIAL = /^(?:https?|wss?|ftp):\/\//i
const CUSTOM = /^[a-z][a-z\d+.-]*:\/\/[^/?#@\sA-Z]+$/

/**
 * Why a browser never sends `entry` as its Origin header; undefined when it may. Serialization of an origin: HTML
 * §7.1.1 and URL §4.7 (lower-case scheme and punycode host, no default port, no path).
 */
export function originFlaw(entry: string): OriginFlaw | undefined {
  if (entry === 'null' || entry === '*' || entry === '') return undefined
  if (entry.trim() !== entry)
    return flaw('blanks', 'it begins or ends with a blank', [entry.trim()])
  if (/^(["']).*\1$/.test(entry))
    return flaw('quotes', 'the quotes are part of it', [entry.slice(1, -1)])
  if (/[,;\s]/.test(entry))
    return flaw('joined', 'it holds several origins, or blanks', entry.split(/[,;\s]+/))
  if (/[\^$\\|()]|^\/(?!\/)/.test(entry))
    return flaw('pattern', 'the server compares texts, it knows no patterns', [])
  if (entry.includes('*'))
    return flaw('wildcard', 'the server knows no wildcards but "*" alone; list every origin', [])
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(entry)) return schemeFlaw(entry)
  if (!SPECIAL.test(entry))
    return CUSTOM.test(entry) ? undefined : flaw('form', 'it is not scheme://host[:port]', [])
  const url = parse(entry)
  if (url === undefined) return flaw('form', 'it is not scheme://host[:port]', [])
  return url.origin === entry ? undefined : webFlaw(entry, url)
}

function schemeFlaw(entry: string): OriginFlaw {
  const local = /^(?:localhost|127\.|\[?::1)/.test(entry)
  const url = parse(`${local ? 'http' : 'https'}://${entry.replace(/^\/\//, '')}`)
  return flaw(
    'scheme-missing',
    'it has no scheme; browsers send https:// or http:// with the host',
    url === undefined ? [] : [url.origin],
  )
}

function webFlaw(entry: string, url: URL): OriginFlaw {
  const meant = [url.origin]
  const authority = entry.replace(SPECIAL, '')
  if (/[/?#]/.test(authority))
    return flaw(
      'path',
      `browsers send no ${authority.endsWith('/') && authority.indexOf('/') === authority.length - 1 ? 'slash at the end' : 'path'}`,
      meant,
    )
  if (authority.includes('@')) return flaw('credentials', 'browsers send no user name', meant)
  if (/[\u0080-\u{10ffff}]/u.test(entry))
    return flaw('idn', 'browsers send the host in punycode', meant)
  if (entry.toLowerCase() === url.origin)
    return flaw(
      'upper-case',
      'browsers send it in lower case, and the server compares byte for byte',
      meant,
    )
  if (/:(?:443|80)$/.test(entry))
    return flaw('default-port', 'browsers leave out the default port', meant)
  return flaw('form', 'browsers write it otherwise', meant)
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

function flaw(kind: OriginFlaw['kind'], says: string, meant: readonly string[]): OriginFlaw {
  return {
    kind,
    says,
    meant: meant.filter((origin) => origin !== '' && originFlaw(origin) === undefined),
  }
}
