import { AuthError } from '../errors.ts'
import type { HttpHeader, HttpRequest } from '../target/request.ts'

/**
 * Reads a request as it stands on the wire: request line, headers, an empty line, the body. Line ends may be CRLF or LF
 * and the version may be missing; `Content-Length` and chunked framing are undone. What a server would refuse (a folded
 * header, a name with a blank) is kept as it is. Throws AuthError when there is no request line.
 * Source: RFC 9112 sections 2-7.
 */
export function readHttpMessage(bytes: Uint8Array): HttpRequest {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { lines, end } = readHead(message)
  const [, method, path] =
    /^(\S+)[ ]+(\S+)(?:[ ]+HTTP\/\d(?:\.\d)?)?[ ]*$/.exec(lines[0] ?? '') ?? []
  if (method === undefined || path === undefined)
    throw new AuthError('ERR_INPUT_FORM', 'the HTTP message does not begin with a request line', {
      hints: ['it begins like this: POST / HTTP/1.1'],
    })
  const headers = lines.slice(1).map(readHeader)
  return { method, path, headers, body: readBody(headers, message.subarray(end)) }
}

/** The lines before the empty one, and where the body begins. */
function readHead(message: Buffer): { readonly lines: readonly string[]; readonly end: number } {
  const lines: string[] = []
  let start = 0
  while (start < message.length) {
    const feed = message.indexOf(0x0a, start)
    const stop = feed === -1 ? message.length : feed
    const line = message.toString('utf8', start, stop).replace(/\r$/, '')
    start = stop + 1
    // Empty lines before the request line are skipped (RFC 9112 section 2.2).
    if (line === '' && lines.length > 0) break
    if (line !== '') lines.push(line)
  }
  return { lines, end: Math.min(start, message.length) }
}

function readHeader(line: string): HttpHeader {
  const colon = line.indexOf(':')
  return colon === -1 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()]
}

function readBody(headers: readonly HttpHeader[], rest: Buffer): Uint8Array {
  const find = (wanted: string): string | undefined =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
  if (/(?:^|,)[ \t]*chunked$/i.test(find('transfer-encoding') ?? '')) return readChunks(rest)
  const length = find('content-length')
  return length !== undefined && /^\d+$/.test(length) ? rest.subarray(0, Number(length)) : rest
}

/** Undoes chunked framing (RFC 9112 section 7.1); what is cut off is left out. */
function readChunks(rest: Buffer): Uint8Array {
  const chunks: Buffer[] = []
  for (let at = 0; at < rest.length; ) {
    const feed = rest.indexOf(0x0a, at)
    const [size] = /^[0-9A-Fa-f]+/.exec(rest.toString('latin1', at, feed === -1 ? at : feed)) ?? []
    if (size === undefined || Number.parseInt(size, 16) === 0) break
    const start = feed + 1
    const stop = start + Number.parseInt(size, 16)
    chunks.push(rest.subarray(start, stop))
    at = rest.indexOf(0x0a, stop) + 1
    if (at === 0) break
  }
  return Buffer.concat(chunks)
}
