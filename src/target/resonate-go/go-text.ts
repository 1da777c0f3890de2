const ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
}

function escapeCharacter(character: string): string {
  const known = ESCAPES[character]
  if (known !== undefined) return known
  if (/^[ -~]$/.test(character) || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character))
    return character
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`
}

/** `text` as Go's %q prints it (strconv.Quote). */
export function quoteGo(text: string): string {
  return `"${[...text].map((c) => (c === '"' ? '\\"' : escapeCharacter(c))).join('')}"`
}

/** A character in UTF-8 by its bytes (unicode/utf8), or else one byte. */
const CHARACTER =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|./gs

/** `bytes` as Go's %q prints a string of them: those that are no UTF-8 by their numbers. */
export function quoteGoBytes(bytes: Uint8Array): string {
  const quoted = Buffer.from(bytes)
    .toString('latin1')
    .replace(CHARACTER, (piece) => {
      const part = Buffer.from(piece, 'latin1')
      if (part.length === 1 && piece > '\x7f') return `\\x${part.toString('hex')}`
      return quoteGo(part.toString()).slice(1, -1)
    })
  return `"${quoted}"`
}

/** The byte `code` in the quotes of encoding/json's syntax errors (scanner.go, quoteChar). */
export function quoteByte(code: number): string {
  const character = String.fromCodePoint(code)
  if (character === "'") return "'\\''"
  return `'${character === '"' ? '"' : escapeCharacter(character)}'`
}

/** The first byte of `text` in single quotes: pflag reads shorthands byte by byte and shows one as a character of its own. */
export function quoteFirstByte(text: string): string {
  const character = String.fromCharCode(Buffer.from(text)[0] ?? 0)
  return `'${character === "'" ? "\\'" : quoteGo(character).slice(1, -1)}'`
}

/** `name` such that two names equal each other exactly when encoding/json takes them for one (fold.go), for ASCII names. */
export function foldName(name: string): string {
  return lowerAscii(name.replaceAll('\u212a', 'k').replaceAll('\u017f', 's'))
}

/** `text` with A to Z in lower case, all else untouched. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** Go's strings.ToLower: one character at a time, dotted capital I becomes i, unlike in JavaScript. */
export function lowerGo(text: string): string {
  return [...text].map((c) => (c === '\u0130' ? 'i' : c.toLowerCase())).join('')
}

/** The order in which Go sorts strings: that of their bytes. */
export function compareGo(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

/** `text` without the characters of `set` at both ends (strings.Trim). */
export function trimAll(text: string, set: string): string {
  let start = 0
  let end = text.length
  while (start < end && set.includes(text.charAt(start))) start++
  while (end > start && set.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** `value` as encoding/json writes it: its escapes, HTML's characters among them. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })

/** UTF-8 as Go ranges over it: every invalid byte is U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  return DECODER.decode(bytes)
}

/** Whether `text` holds an ASCII control character, tab and DEL among them. */
export function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || code === 0x7f) return true
  }
  return false
}
