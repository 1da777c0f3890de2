import { decodeStandard } from './base64.ts'

const BEGIN = '-----BEGIN '
const END = '\n-----END '
const DASHES = '-----'

/** The bytes of the first block that Go's pem.Decode takes (encoding/pem, Go 1.26); any label will do. */
export function decodePem(file: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(file).toString('latin1')
  let from = 0
  for (;;) {
    const end = text.indexOf(END, from)
    if (end < 0) return undefined
    const begin = from + text.slice(from, end).lastIndexOf(BEGIN)
    if (begin >= from && (begin === from || text[begin - 1] === '\n')) {
      const block = readBlock(text, begin + BEGIN.length, end)
      if (block !== undefined) return block
    }
    from = end + END.length
  }
}

/** The block whose label begins at `start` and whose END line follows `end`; undefined when it is none. */
function readBlock(text: string, start: number, end: number): Uint8Array | undefined {
  const first = readLine(text, start)
  if (!first.line.endsWith(DASHES)) return undefined
  const label = first.line.slice(0, -DASHES.length)
  const body = skipHeaders(text, first.next, end)
  if (body === undefined) return undefined
  const trailer = end + END.length
  const closing = text.slice(trailer, trailer + label.length + DASHES.length)
  if (closing !== label + DASHES) return undefined
  if (readLine(text, trailer + closing.length).line !== '') return undefined
  if (end <= body) return new Uint8Array()
  const decoded = decodeStandard(
    Buffer.from(text.slice(body, end).replaceAll(/[ \t]/g, ''), 'latin1'),
  )
  return decoded.ok ? decoded.bytes : undefined
}

/** Where the lines with a colon are over; undefined when they reach the END line. */
function skipHeaders(text: string, from: number, end: number): number | undefined {
  let at = from
  for (;;) {
    const { line, next } = readLine(text, at)
    if (!line.includes(':')) return at
    if (next > end) return undefined
    at = next
  }
}

/** A line without its end and the blanks before it. */
function readLine(text: string, from: number): { readonly line: string; readonly next: number } {
  const newline = text.indexOf('\n', from)
  let end = newline < 0 ? text.length : newline
  if (newline > from && text[end - 1] === '\r') end--
  while (end > from && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--
  return { line: text.slice(from, end), next: newline < 0 ? text.length : newline + 1 }
}
