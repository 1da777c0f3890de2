import { isUtf8 } from 'node:buffer'

/** What the server picks out of a key's ASN.1; sets and explicitly tagged parts are never looked into. */
export interface Asn1Facts {
  /** The object identifiers outside of sets, in their order: content bytes in hexadecimal, needless zeros taken out. */
  readonly identifiers: readonly string[]
  /** The content of the first BIT STRING (without its count of unused bits) or OCTET STRING outside of sets. */
  readonly firstString: Uint8Array | undefined
}

interface Element {
  readonly universal: boolean
  /** Undefined when it does not fit a byte. */
  readonly tag: number | undefined
  readonly start: number
  readonly end: number
}

/** A container that is being read. */
interface Open {
  readonly end: number
  readonly inSet: boolean
}

const SEQUENCE = 0x10
const SET = 0x11

/**
 * Reads ASN.1 as the server does before it uses a key (crate simple_asn1 0.6.4, src/lib.rs): lengths need not be minimal,
 * the constructed bit does not matter, strings and times must be well formed, no sequence or set may be empty. Undefined
 * when it refuses the bytes. Works without recursion, so depth does no harm.
 */
export function readAsn1(bytes: Uint8Array): Asn1Facts | undefined {
  const identifiers: string[] = []
  let firstString: Uint8Array | undefined
  const open: Open[] = [{ end: bytes.length, inSet: false }]
  let index = 0
  if (bytes.length === 0) return undefined
  for (;;) {
    let inside = open.at(-1)
    while (inside !== undefined && index === inside.end) {
      open.pop()
      inside = open.at(-1)
    }
    if (inside === undefined) return { identifiers, firstString }
    const element = readElement(bytes, index, inside.end)
    if (element === undefined) return undefined
    const { universal, tag, start, end } = element
    index = end
    if (!universal) continue
    const body = bytes.subarray(start, end)
    if (tag === SEQUENCE || tag === SET) {
      if (body.length === 0) return undefined
      open.push({ end, inSet: inside.inSet || tag === SET })
      index = start
      continue
    }
    if (tag !== undefined && !isWellFormed(tag, body)) return undefined
    if (inside.inSet) continue
    if (tag === 0x06) identifiers.push(normalizeIdentifier(body))
    else if (tag === 0x03 || tag === 0x04) firstString ??= tag === 0x03 ? body.subarray(1) : body
  }
}

function readElement(bytes: Uint8Array, at: number, limit: number): Element | undefined {
  const first = bytes[at] ?? 0
  let index = at + 1
  let tag: number | undefined = first & 0x1f
  if (tag === 0x1f) {
    const long = readLongTag(bytes, index, limit)
    if (long === undefined) return undefined
    ;({ tag, index } = long)
  }
  if (index >= limit) return undefined
  const length = readLength(bytes, index, limit)
  if (length === undefined || length.start + length.size > limit) return undefined
  return { universal: first >> 6 === 0, tag, start: length.start, end: length.start + length.size }
}

function readLongTag(
  bytes: Uint8Array,
  at: number,
  limit: number,
): { readonly tag: number | undefined; readonly index: number } | undefined {
  let tag: number | undefined = 0
  for (let index = at; index < limit; index++) {
    const byte = bytes[index] ?? 0
    if (tag !== undefined) tag = tag * 128 + (byte & 0x7f)
    if (tag !== undefined && tag > 255) tag = undefined
    if (byte < 0x80) return { tag, index: index + 1 }
  }
  return undefined
}

function readLength(
  bytes: Uint8Array,
  at: number,
  limit: number,
): { readonly start: number; readonly size: number } | undefined {
  const first = bytes[at] ?? 0
  if (first < 0x80) return { start: at + 1, size: first }
  const start = at + 1 + (first & 0x7f)
  if ((first & 0x7f) > 8 || start > limit) return undefined
  const size = bytes.subarray(at + 1, start).reduce((sum, byte) => sum * 256 + byte, 0)
  return { start, size }
}

function isWellFormed(tag: number, body: Uint8Array): boolean {
  switch (tag) {
    case 0x01:
      return body.length === 1
    case 0x03:
      return body.length === 0 || (body[0] ?? 0) <= (body.length - 1) * 8
    case 0x06:
      // The last arc must end: its last byte has no continuation bit. The first byte stands for itself.
      return body.length === 1 || (body.length > 1 && (body.at(-1) ?? 0x80) < 0x80)
    case 0x0c:
    case 0x14:
    case 0x1c:
    case 0x1e:
      return isUtf8(body)
    case 0x13:
      return /^[A-Za-z0-9'()+,\-./:=? ]*$/.test(Buffer.from(body).toString('latin1'))
    case 0x17:
      return isUtcTime(Buffer.from(body).toString('latin1'))
    case 0x18:
      return isGeneralizedTime(Buffer.from(body).toString('latin1'))
  }
  return true
}

function isUtcTime(text: string): boolean {
  const years = Number(text.slice(0, 2)) >= 50 ? '19' : '20'
  return text.length === 13 && isTime(`${years}${text}`, /^(\d{4})(\d{10})Z$/)
}

/** The crate puts in a missing fraction before it reads the time, so `20260101000000Z` is one and offsets are none. */
function isGeneralizedTime(text: string): boolean {
  if (text.length < 15) return false
  const dotted = text.includes('.') ? text : `${text.slice(0, 14)}.${text.slice(14)}`
  const padded = `${dotted.slice(0, -1)}${'0'.repeat(Math.max(0, 25 - dotted.length))}${dotted.slice(-1)}`
  return isTime(padded, /^([+-]?\d{4})(\d{10})\.\d+Z$/)
}

function isTime(text: string, form: RegExp): boolean {
  const [, year, rest] = form.exec(text) ?? []
  if (year === undefined || rest === undefined) return false
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = (rest.match(/../g) ?? []).map(
    Number,
  )
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0)
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= days &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59
  )
}

/** An identifier's bytes without the leading zeros that its arcs may carry. */
function normalizeIdentifier(body: Uint8Array): string {
  let hex = Buffer.from(body.subarray(0, 1)).toString('hex')
  let arcStarts = true
  for (const byte of body.subarray(1)) {
    if (arcStarts && byte === 0x80) continue
    hex += byte.toString(16).padStart(2, '0')
    arcStarts = byte < 0x80
  }
  return hex
}
