/** Bytes, or the index of the first byte that Go's decoder takes offence at. */
export type Base64Read =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly message: string }

const SKIPPED = 0x40
const ILLEGAL = 0xff

function readAlphabet(last: string): Uint8Array {
  const map = new Uint8Array(256).fill(ILLEGAL)
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  for (const [value, letter] of [...`${letters}${last}`].entries())
    map[letter.charCodeAt(0)] = value
  map[0x0a] = SKIPPED
  map[0x0d] = SKIPPED
  return map
}

const URL_ALPHABET = readAlphabet('-_')
const STANDARD_ALPHABET = readAlphabet('+/')
const PADDING = 0x3d

function refuse(at: number): Base64Read {
  return { ok: false, message: `illegal base64 data at input byte ${at}` }
}

/**
 * Go's base64.RawURLEncoding: no padding, newlines are skipped, unused trailing bits may be anything (encoding/base64,
 * decodeQuantum).
 */
export function decodeRawUrl(text: Uint8Array): Base64Read {
  const out = new Uint8Array(Math.floor((text.length * 3) / 4) + 3)
  let written = 0
  let quantum = 0
  let count = 0
  for (const [at, code] of text.entries()) {
    const value = URL_ALPHABET[code] ?? ILLEGAL
    if (value === SKIPPED) continue
    if (value === ILLEGAL) return refuse(at)
    quantum = (quantum << 6) | value
    count++
    if (count === 4) {
      out.set([(quantum >> 16) & 0xff, (quantum >> 8) & 0xff, quantum & 0xff], written)
      written += 3
      quantum = 0
      count = 0
    }
  }
  if (count === 1) return refuse(text.length - 1)
  if (count === 2) out[written++] = (quantum >> 4) & 0xff
  if (count === 3) {
    out.set([(quantum >> 10) & 0xff, (quantum >> 2) & 0xff], written)
    written += 2
  }
  return { ok: true, bytes: out.subarray(0, written) }
}

/** Go's base64.StdEncoding: padded, newlines are skipped, unused trailing bits may be anything. */
export function decodeStandard(text: Uint8Array): Base64Read {
  const out: number[] = []
  let quantum = 0
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text[at] ?? 0
    const value = STANDARD_ALPHABET[code] ?? ILLEGAL
    if (value === SKIPPED) continue
    if (code === PADDING) return endPadded(text, at, count, quantum, out)
    if (value === ILLEGAL) return refuse(at)
    quantum = (quantum << 6) | value
    count++
    if (count === 4) {
      out.push((quantum >> 16) & 0xff, (quantum >> 8) & 0xff, quantum & 0xff)
      quantum = 0
      count = 0
    }
  }
  return count === 0 ? { ok: true, bytes: Uint8Array.from(out) } : refuse(text.length - count)
}

function endPadded(
  text: Uint8Array,
  first: number,
  count: number,
  quantum: number,
  out: number[],
): Base64Read {
  if (count < 2) return refuse(first)
  let at = skipNewlines(text, first + 1)
  if (count === 2) {
    if (at === text.length) return refuse(text.length)
    if (text[at] !== PADDING) return refuse(at - 1)
    at = skipNewlines(text, at + 1)
  }
  if (at < text.length) return refuse(at)
  if (count === 2) out.push((quantum >> 4) & 0xff)
  else out.push((quantum >> 10) & 0xff, (quantum >> 2) & 0xff)
  return { ok: true, bytes: Uint8Array.from(out) }
}

function skipNewlines(text: Uint8Array, from: number): number {
  let at = from
  while (STANDARD_ALPHABET[text[at] ?? 0] === SKIPPED) at++
  return at
}
