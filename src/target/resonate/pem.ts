import { isUtf8 } from 'node:buffer'
import { WHITE_SPACE } from './rust-text.ts'

/** One PEM block: what its label says and what its base64 holds. */
export interface PemBlock {
  readonly label: string
  readonly der: Buffer
}

const DASHES = '-----'

/**
 * The first PEM block of a file as the server reads it (crate pem 3.0.6, src/parser.rs and src/lib.rs): text around it does
 * not matter, an empty line inside ends RFC 1421 headers, which then must all hold a colon; undefined when it refuses the
 * file, whatever may follow.
 */
export function readPem(file: Uint8Array): PemBlock | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const begin = splitAt(bytes, '-----BEGIN ')
  const label = begin && splitAt(begin.after, DASHES)
  const body = label && splitAt(skipWhiteSpace(label.after), '-----END ')
  const end = body && splitAt(body.after, DASHES)
  if (label === undefined || body === undefined || end === undefined) return undefined
  const { headers, data } = splitHeaders(body.before)
  if (![label.before, data, headers].every((part) => isUtf8(part))) return undefined
  if (label.before.length === 0 || !label.before.equals(end.before)) return undefined
  if (!headers.equals(Buffer.alloc(0)) && !holdsHeaders(headers.toString())) return undefined
  const der = decodeBase64(data.toString())
  return der === undefined ? undefined : { label: label.before.toString(), der }
}

/** Cuts at the first `marker`. The search is the crate's: after a partial match it goes on behind the byte that broke it. */
function splitAt(
  bytes: Buffer,
  marker: string,
): { readonly before: Buffer; readonly after: Buffer } | undefined {
  let found = 0
  for (let index = 0; index < bytes.length; index++) {
    found = bytes[index] === marker.charCodeAt(found) ? found + 1 : 0
    if (found === marker.length)
      return { before: bytes.subarray(0, index + 1 - found), after: bytes.subarray(index + 1) }
  }
  return undefined
}

function skipWhiteSpace(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0x20 && byte !== 9 && byte !== 10 && byte !== 13)
  return start === -1 ? Buffer.alloc(0) : bytes.subarray(start)
}

function splitHeaders(payload: Buffer): { readonly headers: Buffer; readonly data: Buffer } {
  const parts = splitAt(payload, '\n\n') ?? splitAt(payload, '\r\n\r\n')
  return parts === undefined
    ? { headers: Buffer.alloc(0), data: payload }
    : { headers: parts.before, data: parts.after }
}

function holdsHeaders(text: string): boolean {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .every((line) => line.includes(':'))
}

/** Padded standard base64 in its one right form, white space of any kind taken out. */
function decodeBase64(text: string): Buffer | undefined {
  const symbols = text.replace(new RegExp(WHITE_SPACE, 'g'), '')
  const bytes = Buffer.from(symbols, 'base64')
  return bytes.toString('base64') === symbols ? bytes : undefined
}
