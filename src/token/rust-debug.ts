/** Texts that stay as they are in quotes of either kind. */
const PLAIN = /^[ !#-&(-[\]-~]*$/

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\\', '\\\\'],
])

/** `text` in double quotes, escaped as Rust's `{:?}` of a string. */
export function debugText(text: string): string {
  return quote(text, '"')
}

/** One character in single quotes, escaped as Rust's `{:?}` of a `char`. */
export function debugChar(character: string): string {
  return quote(character, "'")
}

function quote(text: string, mark: string): string {
  if (PLAIN.test(text)) return `${mark}${text}${mark}`
  // Not printable (core::unicode::printable), or Grapheme_Extend. V8 takes a millisecond to build this, so it stands here.
  const special =
    /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}\p{Grapheme_Extend}]|["'\\]/gu
  const escaped = text.replace(special, (character) => {
    if (character === '"' || character === "'") return character === mark ? `\\${mark}` : character
    const code = (character.codePointAt(0) ?? 0).toString(16)
    return SHORT_ESCAPES.get(character) ?? `\\u{${code}}`
  })
  return `${mark}${escaped}${mark}`
}
