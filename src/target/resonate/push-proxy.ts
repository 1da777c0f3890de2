import { isAuthority } from './message.ts'

/** A proxy that messages go through. */
export interface PushProxy {
  /** Scheme and authority, without user information. */
  readonly url: string
  /** What the proxy is told in `proxy-authorization`; absent without user information, and for SOCKS. */
  readonly authorization?: string
  /** `all` = message and credential pass through it in clear; `host` = it sees whom they go to. */
  readonly sees: 'all' | 'host'
}

/**
 * The proxy that the server's environment puts between it and `url`; undefined = none. Upper-case names come first, and
 * an unusable value falls back to `ALL_PROXY`. Source: hyper-util 0.1.20 client/proxy/matcher.rs; push.jsonl.
 */
export function findProxy(
  environment: ReadonlyMap<string, string>,
  url: URL,
): PushProxy | undefined {
  if (environment.has('REQUEST_METHOD')) return undefined
  const first = (name: string): string =>
    environment.get(name.toUpperCase()) ?? environment.get(name) ?? ''
  if (isExempt(first('no_proxy'), url.hostname)) return undefined
  const secure = url.protocol === 'https:'
  const own = parseProxy(first(secure ? 'https_proxy' : 'http_proxy'))
  const found = own ?? parseProxy(first('all_proxy'))
  return found === undefined ? undefined : { ...found, sees: secure ? 'host' : 'all' }
}

function parseProxy(value: string): Omit<PushProxy, 'sees'> | undefined {
  const [, scheme = 'http', rest = value] = /^([^:/]*):\/\/(.*)$/s.exec(value) ?? []
  const [authority = ''] = /^[^/?#]*/.exec(rest) ?? []
  if (!isAuthority(authority) || (rest === value && authority !== value)) return undefined
  const web = /^https?$/i.test(scheme)
  if (!web && !/^socks(?:4a?|5h?)$/.test(scheme)) return undefined
  const at = authority.indexOf('@')
  const url = `${web ? scheme.toLowerCase() : scheme}://${authority.slice(at + 1)}`
  if (at === -1 || !web) return { url }
  return { url, authorization: basic(authority.slice(0, at)) }
}

function basic(userInformation: string): string {
  const colon = userInformation.indexOf(':')
  const parts =
    colon === -1
      ? [userInformation, '']
      : [userInformation.slice(0, colon), userInformation.slice(colon + 1)]
  return `Basic ${Buffer.from(parts.map(percentDecode).join(':')).toString('base64')}`
}

/** Undoes percent-encoding; bytes that are not UTF-8 become U+FFFD. */
function percentDecode(text: string): string {
  const bytes = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString()
}

/** Whether `NO_PROXY` keeps `host` (as a URL has it) away from every proxy. */
function isExempt(list: string, host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  const address = parseAddress(bare)
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .some((entry) => {
      const network = parseNetwork(entry)
      if (network === undefined) return address === undefined && coversDomain(entry, bare)
      return address !== undefined && contains(network, address)
    })
}

/** A domain covers itself and what lies under it; a leading dot changes nothing, `*` covers all. */
function coversDomain(entry: string, host: string): boolean {
  if (entry === '*') return true
  const domain = entry.toLowerCase().replace(/^\./, '')
  return host.toLowerCase() === domain || host.toLowerCase().endsWith(`.${domain}`)
}

interface Address {
  readonly width: 32 | 128
  readonly bits: bigint
}

function contains(
  { address, prefix }: { readonly address: Address; readonly prefix: number },
  { width, bits }: Address,
): boolean {
  const rest = BigInt(width - prefix)
  return address.width === width && address.bits >> rest === bits >> rest
}

function parseNetwork(
  text: string,
): { readonly address: Address; readonly prefix: number } | undefined {
  const [, base = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const address = parseAddress(base)
  const prefix = length === undefined ? address?.width : Number(length)
  if (address === undefined || prefix === undefined || prefix > address.width) return undefined
  return { address, prefix }
}

function parseAddress(text: string): Address | undefined {
  const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
  if (new RegExp(`^${octet}(?:\\.${octet}){3}$`).test(text))
    return {
      width: 32,
      bits: text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n),
    }
  if (!/^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(text) || !URL.canParse(`http://[${text}]`))
    return undefined
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::')
  const groups = (part: string | undefined): readonly string[] =>
    part === undefined || part === '' ? [] : part.split(':')
  const zeros = Array<string>(8 - groups(head).length - groups(tail).length).fill('0')
  const all = [...groups(head), ...zeros, ...groups(tail)]
  return { width: 128, bits: all.reduce((sum, part) => (sum << 16n) | BigInt(`0x${part}`), 0n) }
}
