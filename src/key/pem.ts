import { AuthError } from '../errors.ts'

/** One block of RFC 7468 text, as found. */
export interface PemBlock {
  readonly label: string
  /** What stands between its BEGIN and END lines. */
  readonly body: string
}

/** What a block holds; `headers` are those of RFC 1421, by their name. */
export interface PemContent {
  readonly headers: ReadonlyMap<string, string>
  readonly bytes: Uint8Array
}

const BEGIN = '-----BEGIN '
const END = '-----END '
const DASHES = '-----'

/** Whether `text` holds what a PEM block begins with. */
export function hasPem(text: string): boolean {
  return text.includes(BEGIN)
}

/** The blocks of `text` one after the other, whatever stands around them. Throws AuthError when it reaches a broken frame. */
export function* readPem(text: string): Generator<PemBlock> {
  for (let at = text.indexOf(BEGIN); at !== -1; at = text.indexOf(BEGIN, at)) {
    const labelEnd = text.indexOf(DASHES, at + BEGIN.length)
    const label = labelEnd === -1 ? '' : text.slice(at + BEGIN.length, labelEnd)
    if (!/^[\x21-\x7e]+(?: [\x21-\x7e]+)* ?$/.test(label))
      throw new AuthError('ERR_KEY_FORM', 'the line that begins the PEM block is damaged')
    const bodyStart = labelEnd + DASHES.length
    const end = text.indexOf(END, bodyStart)
    if (end === -1) throw blockError(label, 'has no END line')
    const tail = `${END}${label}${DASHES}`
    if (!text.startsWith(tail, end)) throw blockError(label, 'ends with another label')
    yield { label: label.trim(), body: text.slice(bodyStart, end) }
    at = end + tail.length
  }
}

function blockError(label: string, problem: string): AuthError {
  return new AuthError('ERR_KEY_FORM', `the PEM block "${label}" ${problem}`, {
    hints: ['copy the whole file again, from the BEGIN line to the END line'],
  })
}

/**
 * The bytes of a block; indentation, line ends, a literal `\n`, long lines, blank lines and missing padding are taken as
 * they come. Throws AuthError when it is empty or not base64.
 */
export function decodePem({ label, body }: PemBlock): PemContent {
  const lines = body
    .replaceAll('\\r', '')
    .replaceAll('\\n', '\n')
    .split(/\r\n|\r|\n/)
  const headers = new Map<string, string>()
  const data: string[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon === -1) data.push(line.replace(/\s+/g, ''))
    else headers.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
  }
  const bytes = decodeBase64(data.join(''))
  if (bytes === undefined) throw blockError(label, 'is not base64')
  if (bytes.length === 0) throw blockError(label, 'is empty')
  return { headers, bytes }
}

/** The bytes of standard base64, padded or not; undefined for anything else (RFC 4648 §4). */
export function decodeBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/={1,2}$/, '')
  if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) return undefined
  if (text.length !== digits.length && text.length % 4 !== 0) return undefined
  return Buffer.from(digits, 'base64')
}

/** PEM text of `bytes`, 64 characters a line (RFC 7468 §2). */
export function encodePem(label: string, bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  const lines = base64.match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
