import type { HttpHeader } from '../request.ts'
import { isHeaderName, isHeaderValue } from './header-field.ts'
import { isAuthority } from './message.ts'
import { percentDecode } from './percent.ts'
import type { PushProxy } from './push-proxy.ts'

/** `transports.http_push` as the server holds it after its start. */
export interface PushSettings {
  readonly enabled: boolean
  /** Undefined = the table is not there at all. */
  readonly auth: PushAuth | undefined
}

export interface PushAuth {
  readonly mode: 'none' | 'bearer' | 'gcp'
  readonly token?: string
  readonly audience?: string
  readonly header: string
}

/** The ID token that the platform gives for an audience; undefined = it gives none. */
export type Mint = (audience: string) => string | undefined

/** What becomes of one message to a target. */
export type Delivery =
  /** It goes out; whoever answers at `url` gets the credential. */
  | {
      readonly kind: 'sent'
      readonly hop: Hop
      readonly log: readonly string[]
    }
  /** The request cannot be built, now and for every other message; the message is lost. */
  | { readonly kind: 'failed'; readonly flaw: PushFlaw; readonly log: readonly string[] }
  /** The transport is off: the message is taken from the store and dropped. */
  | { readonly kind: 'dropped'; readonly log: readonly string[] }
  /** The address goes to another transport, without push auth. */
  | { readonly kind: 'elsewhere'; readonly transport: 'poll' | 'gcps' | 'bash' }
  /** No address: `promise.create` and its like answer 400. */
  | { readonly kind: 'refused' }

export type PushFlaw = 'header' | 'credential' | 'url'

/** One request on the wire. */
export interface Hop {
  readonly method: 'POST' | 'GET'
  /** Without user information and fragment. */
  readonly url: string
  /** The credential's headers and `referer`, lower-case names, as the receiver sees them. */
  readonly headers: readonly HttpHeader[]
}

/** What the configuration adds to every message, whoever the target is. */
export type PushCredential =
  | { readonly kind: 'nothing'; readonly because: 'no-table' | 'mode-none' | 'not-minted' }
  | { readonly kind: 'header'; readonly header: HttpHeader }

const FAILED = 'HTTP push delivery failed'
const DROPPED = 'HTTP push transport disabled, message dropped'
const NOT_MINTED = 'OIDC ID token mint failed; sending request unauthenticated'

/**
 * The header that the settings add to a message for `target` (the address as it was given). `bearer` without a token
 * sends an empty one; `gcp` asks `mint` for the audience (default: the whole address) and sends nothing when there is
 * no token. Source: transport_http_push.rs `Auth`; push.jsonl.
 */
export function credential(
  auth: PushAuth | undefined,
  target: string,
  mint: Mint = () => undefined,
): PushCredential {
  if (auth === undefined) return { kind: 'nothing', because: 'no-table' }
  switch (auth.mode) {
    case 'none':
      return { kind: 'nothing', because: 'mode-none' }
    case 'bearer':
      return { kind: 'header', header: [auth.header, `Bearer ${auth.token ?? ''}`] }
    case 'gcp': {
      const token = mint(auth.audience ?? target)
      return token === undefined
        ? { kind: 'nothing', because: 'not-minted' }
        : { kind: 'header', header: [auth.header, `Bearer ${token}`] }
    }
  }
}

/**
 * What a worker at `target` receives, and whether it receives anything, with the settings of `transports.http_push`.
 * `mint` stands for the platform's identity service, `proxy` for the one that the message goes through. Source: transport/mod.rs `parse_address`,
 * transport_http_push.rs, reqwest 0.12.28; push.jsonl.
 */
export function push(
  settings: PushSettings,
  target: string,
  mint?: Mint,
  proxy?: PushProxy | undefined,
): Delivery {
  const address = parseAddress(target)
  if (address === undefined) return { kind: 'refused' }
  if (address.transport !== 'http') return { kind: 'elsewhere', transport: address.transport }
  if (!settings.enabled) return { kind: 'dropped', log: [DROPPED] }
  const added = credential(settings.auth, target, mint)
  const log = added.kind === 'nothing' && added.because === 'not-minted' ? [NOT_MINTED] : []
  const headers = [...userInformation(address.url)]
  if (added.kind === 'header') {
    const [name, value] = added.header
    if (!isHeaderName(name)) return { kind: 'failed', flaw: 'header', log: [...log, FAILED] }
    if (!isHeaderValue(value)) return { kind: 'failed', flaw: 'credential', log: [...log, FAILED] }
    headers.push(...asSent(name.toLowerCase(), value))
  }
  const named = headers.some(([name]) => name === 'proxy-authorization')
  if (proxy?.authorization !== undefined && proxy.sees === 'all' && !named)
    headers.push(['proxy-authorization', proxy.authorization])
  // The URL reader takes hosts that the HTTP client does not, `{` above all.
  if (!isAuthority(address.url.host)) return { kind: 'failed', flaw: 'url', log: [...log, FAILED] }
  return { kind: 'sent', hop: { method: 'POST', url: bareUrl(address.url), headers }, log }
}

/** The HTTP client rewrites the headers it frames the message with: a credential in them is lost or longer. */
function asSent(name: string, value: string): readonly HttpHeader[] {
  if (name === 'content-length') return []
  return [[name, name === 'transfer-encoding' ? `${value}, chunked` : value]]
}

type Address =
  | { readonly transport: 'http'; readonly url: URL }
  | { readonly transport: 'poll' | 'gcps' | 'bash' }

function parseAddress(target: string): Address | undefined {
  const url = URL.canParse(target) ? new URL(target) : undefined
  switch (url?.protocol) {
    case 'http:':
    case 'https:':
      return { transport: 'http', url }
    case 'poll:':
      return (url.username === 'uni' || url.username === 'any') && url.hostname !== ''
        ? { transport: 'poll' }
        : undefined
    case 'gcps:':
      return url.hostname !== '' && url.pathname.length > 1 ? { transport: 'gcps' } : undefined
    case 'bash:':
      return { transport: 'bash' }
    default:
      return undefined
  }
}

/** `user:password@` in a target becomes an `authorization` of its own, beside whatever the settings add. */
function userInformation({ username, password }: URL): readonly HttpHeader[] {
  if (username === '' && password === '') return []
  const name = percentDecode(username)
  const secret = percentDecode(password)
  if (name === undefined) return []
  const pair = new TextEncoder().encode(`${name}:${secret ?? ''}`)
  return [['authorization', `Basic ${btoa(String.fromCharCode(...pair))}`]]
}

/** The URL as it goes on the wire and into `referer`. */
export function bareUrl(url: URL): string {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  bare.hash = ''
  return bare.href
}
