import type { HttpHeader, HttpRequest } from '../target/request.ts'
import type { CurlCommand, CurlData } from './curl.ts'
import { basic, readHeader } from './curl-header.ts'

/** The request that curl would send, with what its files hold (`contents`, by the names in `command.files`). */
export function curlRequest(
  command: CurlCommand,
  contents: ReadonlyMap<string, Uint8Array>,
): HttpRequest {
  const body = joinData(command.data, contents)
  const { path, credentials } = readUrl(command.url)
  const own: HttpHeader[] =
    credentials === undefined || command.headers.some(([name]) => /^authorization$/i.test(name))
      ? []
      : [['Authorization', basic(credentials)]]
  const more = command.headerFiles.flatMap((file) => headersIn(contents.get(file)))
  return {
    method: command.method ?? 'GET',
    path: command.asQuery && body.length > 0 ? withQuery(path, body.toString('utf8')) : path,
    headers: [...own, ...command.headers, ...more],
    body: command.asQuery ? new Uint8Array() : body,
  }
}

function headersIn(content: Uint8Array | undefined): readonly HttpHeader[] {
  const lines = new TextDecoder().decode(content).split(/\r?\n/)
  return lines.flatMap((line) => {
    const header = readHeader(line)
    return typeof header === 'string' ? [] : [header]
  })
}

function joinData(data: readonly CurlData[], contents: ReadonlyMap<string, Uint8Array>): Buffer {
  const pieces = data.map((piece, index) => {
    const separator = index > 0 && piece.kind !== 'json' ? '&' : ''
    return Buffer.concat([Buffer.from(separator), contentOf(piece, contents)])
  })
  return Buffer.concat(pieces)
}

function contentOf(
  { from, kind, encodedUnder }: CurlData,
  contents: ReadonlyMap<string, Uint8Array>,
): Buffer {
  const raw = 'text' in from ? Buffer.from(from.text) : Buffer.from(contents.get(from.file) ?? [])
  if (encodedUnder !== undefined)
    return Buffer.from(`${encodedUnder}${percentEncode(raw.toString('utf8'))}`)
  // `-d @file` takes the line ends out; the other forms do not.
  if (kind === 'data' && 'file' in from)
    return Buffer.from(raw.filter((byte) => byte !== 0x0a && byte !== 0x0d && byte !== 0))
  return raw
}

function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** The request target and the `user:password` of a URL, whose scheme may be missing. */
function readUrl(url: string): { readonly path: string; readonly credentials: string | undefined } {
  const rest = url.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//, '')
  const [authority = ''] = /^[^/?#]*/.exec(rest) ?? []
  const [target = ''] = rest.slice(authority.length).split('#', 1)
  const at = authority.lastIndexOf('@')
  return {
    path: target.startsWith('/') ? target : `/${target}`,
    credentials: at === -1 ? undefined : decode(authority.slice(0, at)),
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function withQuery(path: string, query: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${query}`
}
