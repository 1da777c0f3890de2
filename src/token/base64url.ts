/** Unpadded base64url (RFC 7515 §2). */
export function encodeBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/** Why a text is not strict base64; the four ways the Rust crate base64 0.22.1 tells apart, offsets in bytes. */
export type Base64Fault =
  | { readonly kind: 'symbol'; readonly byte: number; readonly offset: number }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'last-symbol'; readonly byte: number; readonly offset: number }
  | { readonly kind: 'padding' }

export type Base64Outcome =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly fault: Base64Fault }

/**
 * Decodes a piece of `text` as base64url, strictly as URL_SAFE_NO_PAD of the Rust crate base64 0.22.1: no padding, no
 * white space, no `+` or `/`, no bits left over in the last symbol (src/engine/general_purpose/decode.rs).
 */
export function decodeBase64url(text: Buffer, start = 0, end = text.length): Base64Outcome {
  const ascii = text.toString('latin1', start, end)
  const bytes = Buffer.from(ascii, 'base64url')
  // Only the canonical text survives the way back.
  if (bytes.toString('base64url') === ascii) return { ok: true, bytes }
  return { ok: false, fault: findFault(text.subarray(start, end)) }
}

const PAD = 0x3d

/** The value of a base64url symbol, 0 to 63; undefined for any other byte. */
function symbolValue(byte: number): number | undefined {
  if (byte >= 0x41 && byte <= 0x5a) return byte - 0x41
  if (byte >= 0x61 && byte <= 0x7a) return byte - 0x61 + 26
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30 + 52
  if (byte === 0x2d) return 62
  return byte === 0x5f ? 63 : undefined
}

/** The fault the crate reports first for a text that is not canonical. */
function findFault(text: Uint8Array): Base64Fault {
  const rest = text.length % 4
  const last = text.at(-1)
  // A stray last byte, such as a line feed, is looked at before all others.
  if (rest === 1 && last !== undefined && last !== PAD && symbolValue(last) === undefined)
    return { kind: 'symbol', byte: last, offset: text.length - 1 }
  const tail = Math.max(0, text.length - (rest === 0 ? 4 : rest))
  for (let offset = 0; offset < tail; offset++) {
    const byte = text[offset] ?? 0
    if (symbolValue(byte) === undefined) return { kind: 'symbol', byte, offset }
  }
  return findTailFault(text, tail)
}

/** The fault in the last, possibly incomplete group of four. */
function findTailFault(text: Uint8Array, tail: number): Base64Fault {
  let symbols = 0
  let firstPad: number | undefined
  for (let offset = tail; offset < text.length; offset++) {
    const byte = text[offset] ?? 0
    if (byte === PAD) {
      if (offset - tail < 2) return { kind: 'symbol', byte, offset }
      firstPad ??= offset
      continue
    }
    if (firstPad !== undefined) return { kind: 'symbol', byte: PAD, offset: firstPad }
    if (symbolValue(byte) === undefined) return { kind: 'symbol', byte, offset }
    symbols++
  }
  if (symbols < 2) return { kind: 'length', length: tail + symbols }
  if (firstPad !== undefined) return { kind: 'padding' }
  const offset = tail + symbols - 1
  return { kind: 'last-symbol', byte: text[offset] ?? 0, offset }
}

/** The text of a fault as the crate displays it (base64 0.22.1, src/decode.rs). */
export function describeBase64Fault(fault: Base64Fault): string {
  switch (fault.kind) {
    case 'symbol':
      return `Invalid symbol ${fault.byte}, offset ${fault.offset}.`
    case 'length':
      return `Invalid input length: ${fault.length}`
    case 'last-symbol':
      return `Invalid last symbol ${fault.byte}, offset ${fault.offset}.`
    case 'padding':
      return 'Invalid padding'
  }
}
