import { AuthError } from '../errors.ts'

/** The options of curl that decide the request; all others are read over. */
export type CurlOptionName =
  | 'url'
  | 'request'
  | 'head'
  | 'get'
  | 'header'
  | 'user'
  | 'oauth2-bearer'
  | 'cookie'
  | 'user-agent'
  | 'referer'
  | 'upload-file'
  | 'json'
  | 'data'
  | 'data-raw'
  | 'data-binary'
  | 'data-urlencode'
  | 'ignored'

export interface CurlOption {
  readonly name: CurlOptionName
  /** Empty for an option without one. */
  readonly value: string
  /** The value was the next word. */
  readonly takesNext: boolean
}

/** Long options that take a value and decide the request. */
const DECIDING: ReadonlyMap<string, CurlOptionName> = new Map([
  ['url', 'url'],
  ['request', 'request'],
  ['header', 'header'],
  ['user', 'user'],
  ['oauth2-bearer', 'oauth2-bearer'],
  ['cookie', 'cookie'],
  ['user-agent', 'user-agent'],
  ['referer', 'referer'],
  ['upload-file', 'upload-file'],
  ['json', 'json'],
  ['data', 'data'],
  ['data-ascii', 'data'],
  ['data-raw', 'data-raw'],
  ['data-binary', 'data-binary'],
  ['data-urlencode', 'data-urlencode'],
])

/** Long options with a value that does not change the request. */
const WITH_VALUE = new Set(
  (
    'abstract-unix-socket cacert capath cert cert-type ciphers connect-timeout connect-to cookie-jar curves ' +
    'dns-servers dump-header interface key key-type limit-rate local-port max-filesize max-redirs max-time noproxy ' +
    'output output-dir pass pinnedpubkey proxy proxy-header proxy-user rate resolve retry retry-delay retry-max-time ' +
    'socks5 socks5-hostname speed-limit speed-time stderr tls-max tls13-ciphers trace trace-ascii unix-socket ' +
    'write-out'
  ).split(' '),
)

/** Long options without a value. */
const SWITCHES = new Set(
  (
    'anyauth basic compressed create-dirs fail fail-early fail-with-body globoff http0.9 http1.0 http1.1 http2 ' +
    'http2-prior-knowledge http3 include insecure ipv4 ipv6 location location-trusted no-alpn no-buffer no-keepalive ' +
    'no-progress-meter no-sessionid parallel path-as-is progress-bar proxytunnel remote-header-name remote-name ' +
    'retry-all-errors retry-connrefused show-error show-headers silent ssl-no-revoke ssl-reqd styled-output ' +
    'tcp-fastopen tcp-nodelay tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-time verbose'
  ).split(' '),
)

/** Short options by letter: their long name. */
const SHORT: Readonly<Record<string, string>> = {
  A: 'user-agent',
  b: 'cookie',
  d: 'data',
  e: 'referer',
  G: 'get',
  H: 'header',
  I: 'head',
  T: 'upload-file',
  u: 'user',
  X: 'request',
  '#': 'progress-bar',
  '0': 'http1.0',
  '4': 'ipv4',
  '6': 'ipv6',
  c: 'cookie-jar',
  D: 'dump-header',
  E: 'cert',
  f: 'fail',
  g: 'globoff',
  i: 'include',
  J: 'remote-header-name',
  k: 'insecure',
  L: 'location',
  m: 'max-time',
  N: 'no-buffer',
  O: 'remote-name',
  o: 'output',
  S: 'show-error',
  s: 'silent',
  v: 'verbose',
  w: 'write-out',
  x: 'proxy',
  Y: 'speed-limit',
  y: 'speed-time',
  Z: 'parallel',
}

/** The options in one word of curl's command line (`-sSX` holds three); undefined for an operand. */
export function readOption(
  word: string,
  next: string | undefined,
): readonly CurlOption[] | undefined {
  if (word.startsWith('--')) return [readLong(word.slice(2), word, undefined, next)]
  if (!word.startsWith('-') || word === '-') return undefined
  const options: CurlOption[] = []
  for (let at = 1; at < word.length; ) {
    const name = SHORT[word[at] ?? '']
    if (name === undefined) throw unknownOption(`-${word[at] ?? ''}`)
    const attached = word.slice(at + 1)
    const takesValue = DECIDING.has(name) || WITH_VALUE.has(name)
    options.push(readLong(name, `-${word[at] ?? ''}`, attached === '' ? undefined : attached, next))
    at = takesValue ? word.length : at + 1
  }
  return options
}

function readLong(
  name: string,
  shown: string,
  attached: string | undefined,
  next: string | undefined,
): CurlOption {
  if (name === 'head' || name === 'get') return { name, value: '', takesNext: false }
  if (SWITCHES.has(name) || (name.startsWith('no-') && SWITCHES.has(name.slice(3))))
    return { name: 'ignored', value: '', takesNext: false }
  const known = DECIDING.get(name) ?? (WITH_VALUE.has(name) ? 'ignored' : undefined)
  if (known === undefined) throw unknownOption(shown)
  const value = attached ?? next
  if (value === undefined)
    throw new AuthError('ERR_INPUT_FORM', `the curl option ${shown} has no value`)
  return { name: known, value, takesNext: attached === undefined }
}

function unknownOption(shown: string): AuthError {
  return new AuthError(
    'ERR_INPUT_FORM',
    `the curl option ${shown} is not known here, so what it does to the request is not known either`,
    { hints: ['leave it out, or give the request with --method, --path, --header and --body'] },
  )
}
