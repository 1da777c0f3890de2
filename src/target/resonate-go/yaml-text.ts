import { decodeUtf8 } from './go-text.ts'

export type YamlText =
  | { readonly ok: true; readonly text: string }
  /** `message` is the reader's, without `yaml: `; `text` is what could be read of it. */
  | { readonly ok: false; readonly message: string; readonly text: string }

/**
 * The text of a YAML stream: UTF-8, or UTF-16 with a byte order mark; other bytes and most control characters are errors
 * of the reader (yaml v3.0.4, readerc.go).
 */
export function decodeYamlText(bytes: Uint8Array): YamlText {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return checkCharacters(decodeUtf16(bytes, 'utf-16le'))
  if (first === 0xfe && second === 0xff) return checkCharacters(decodeUtf16(bytes, 'utf-16be'))
  const fault = findUtf8Fault(bytes)
  if (fault !== undefined) return { ok: false, message: fault, text: decodeUtf8(bytes) }
  return checkCharacters(decodeUtf8(bytes))
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
}

/** Where UTF-8 goes wrong, in the reader's words. */
function findUtf8Fault(bytes: Uint8Array): string | undefined {
  for (let at = 0; at < bytes.length; ) {
    const code = bytes[at] ?? 0
    const width = utf8Width(code)
    if (width === 0) return 'invalid leading UTF-8 octet'
    if (at + width > bytes.length) return 'incomplete UTF-8 octet sequence'
    let value = code & (width === 1 ? 0x7f : 0xff >> (width + 1))
    for (const trailing of bytes.subarray(at + 1, at + width)) {
      if ((trailing & 0xc0) !== 0x80) return 'invalid trailing UTF-8 octet'
      value = (value << 6) | (trailing & 0x3f)
    }
    if (value < (SHORTEST[width] ?? 0)) return 'invalid length of a UTF-8 sequence'
    if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) return 'invalid Unicode character'
    at += width
  }
  return undefined
}

/** The smallest character that needs a width. */
const SHORTEST = [0, 0, 0x80, 0x800, 0x10000]

/** The octets of the character that begins with `code`; 0 where none does (readerc.go, width). */
export function utf8Width(code: number): number {
  if (code < 0x80) return 1
  if ((code & 0xe0) === 0xc0) return 2
  if ((code & 0xf0) === 0xe0) return 3
  return (code & 0xf8) === 0xf0 ? 4 : 0
}

function checkCharacters(text: string): YamlText {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const allowed =
      code === 0x09 ||
      code === 0x0a ||
      code === 0x0d ||
      (code >= 0x20 && code <= 0x7e) ||
      code === 0x85 ||
      (code >= 0xa0 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      code >= 0x10000
    if (!allowed) return { ok: false, message: 'control characters are not allowed', text }
  }
  return { ok: true, text }
}
