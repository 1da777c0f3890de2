import { debugChar } from '../../token/rust-debug.ts'
import { utf8Length, utf8Width } from './rust-text.ts'

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

const UNICODE_ESCAPE = /u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})/y

/**
 * The inner text of a quoted string with its escapes resolved (figment src/value/escape.rs); undefined where one is
 * wrong. At the first backslash the server takes as many BYTES of the text as CHARACTERS stand before it: after
 * a non-ASCII character that loses text, or panics inside of one.
 */
export function unescapeText(text: string): string | undefined | { readonly panic: string } {
  let output: string | undefined
  let characters = 0
  for (let at = 0; at < text.length; characters++) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
    at += character.length
    if (character !== '\\') {
      if ((character < ' ' && character !== '\t') || character === '\x7f') return undefined
      if (output !== undefined) output += character
      continue
    }
    if (output === undefined) {
      const before = bytePrefix(text, characters)
      if (typeof before === 'object') return before
      output = before
    }
    const simple = ESCAPES.get(text.charAt(at))
    if (simple !== undefined) {
      output += simple
      at += 1
      characters += 1
      continue
    }
    UNICODE_ESCAPE.lastIndex = at
    const [all = '', short, long] = UNICODE_ESCAPE.exec(text) ?? []
    const code = Number.parseInt(short ?? long ?? '', 16)
    if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) return undefined
    output += String.fromCodePoint(code)
    at += all.length
    characters += all.length
  }
  return output ?? text
}

/** Rust cuts the text it quotes in a panic at this many bytes (core::str::slice_error_fail). */
const PANIC_TEXT_BYTES = 256

/** Rust's `&text[..end]`, `end` in bytes; its panic message where that is inside a character. */
function bytePrefix(text: string, end: number): string | { readonly panic: string } {
  let bytes = 0
  let units = 0
  for (const character of text) {
    if (bytes === end) break
    const width = utf8Width(character)
    if (bytes + width > end) {
      const place = `it is inside ${debugChar(character)} (bytes ${bytes}..${bytes + width})`
      return {
        panic: `end byte index ${end} is not a char boundary; ${place} of ${quoteForPanic(text)}`,
      }
    }
    bytes += width
    units += character.length
  }
  return text.slice(0, units)
}

function quoteForPanic(text: string): string {
  if (utf8Length(text) <= PANIC_TEXT_BYTES) return `\`${text}\``
  let shown = ''
  let bytes = 0
  for (const character of text) {
    bytes += utf8Width(character)
    if (bytes > PANIC_TEXT_BYTES) break
    shown += character
  }
  return `\`${shown}\`[...]`
}
