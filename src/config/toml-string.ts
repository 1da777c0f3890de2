import type { TomlCursor } from './toml-cursor.ts'
import { because, invalid, TomlFailure } from './toml-failure.ts'

/** The string that begins with the quote here, of any of TOML's four kinds. Throws TomlFailure. */
export function readString(cursor: TomlCursor): string {
  if (cursor.eat('"""')) return readMultilineBasic(cursor)
  if (cursor.eat("'''")) return readMultilineLiteral(cursor)
  return readSingleLineString(cursor)
}

/** A basic or literal string on one line: a value, or a key. Throws TomlFailure. */
export function readSingleLineString(cursor: TomlCursor): string {
  if (cursor.eat('"')) return readBasic(cursor)
  cursor.eat("'")
  // biome-ignore lint/suspicious/noControlCharactersInRegex: TOML's literal-char is defined by them
  const text = cursor.take(/[^\x00-\x08\x0a-\x1f\x7f']*/y)
  if (!cursor.eat("'")) throw new TomlFailure(cursor.at, invalid('literal string'))
  return text
}

function readBasic(cursor: TomlCursor): string {
  let text = ''
  for (let part = readPlainOrEscape(cursor); part !== undefined; part = readPlainOrEscape(cursor))
    text += part
  if (!cursor.eat('"')) throw new TomlFailure(cursor.at, invalid('basic string'))
  return text
}

/** Unescaped characters, or one escape; undefined at a quote, a control character or the end. */
function readPlainOrEscape(cursor: TomlCursor): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: TOML's basic-unescaped is defined by them
  const plain = cursor.take(/[^\x00-\x08\x0a-\x1f\x7f"\\]+/y)
  if (plain !== '') return plain
  if (cursor.next !== '\\' || cursor.at + 1 >= cursor.text.length) return undefined
  return readEscape(cursor)
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['\\', '\\'],
  ['"', '"'],
])

const ESCAPE_NAMES = ['`b`', '`f`', '`n`', '`r`', '`t`', '`u`', '`U`', '`\\`', '`"`']

function readEscape(cursor: TomlCursor): string {
  cursor.eat('\\')
  const name = cursor.next
  const simple = ESCAPES.get(name)
  if (simple === undefined && name !== 'u' && name !== 'U') {
    // toml_edit has stepped over one byte: past an ASCII character, but still inside any other.
    const at = name <= '\x7f' ? cursor.at + 1 : cursor.at
    throw new TomlFailure(at, invalid('escape sequence', ...ESCAPE_NAMES))
  }
  cursor.at += 1
  if (simple !== undefined) return simple
  return name === 'u' ? readCodePoint(cursor, 4) : readCodePoint(cursor, 8)
}

function readCodePoint(cursor: TomlCursor, length: 4 | 8): string {
  const label = `unicode ${length}-digit hex code`
  const at = cursor.at
  const digits = cursor.take(length === 4 ? /[0-9A-Fa-f]{4}/y : /[0-9A-Fa-f]{8}/y)
  if (digits === '') throw new TomlFailure(at, invalid(label))
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    throw new TomlFailure(at, because(label, 'value is out of range'))
  return String.fromCodePoint(code)
}

function readMultilineBasic(cursor: TomlCursor): string {
  cursor.eatNewline()
  let text = readMultilineContent(cursor)
  for (;;) {
    const quotes = cursor.take(/""?(?=[^"])/y)
    if (quotes === '') break
    text += quotes + readMultilineContent(cursor)
  }
  text += cursor.take(/""?(?=""")/y)
  if (!cursor.eat('"""')) throw new TomlFailure(cursor.at, invalid('multiline basic string'))
  return text
}

/** Everything up to a quote, a control character or the end. */
function readMultilineContent(cursor: TomlCursor): string {
  let text = ''
  for (;;) {
    // A backslash at a line's end takes the blanks and line ends after it away.
    const joined = cursor.take(/\\[ \t]*\r?\n(?:[ \t]|\r?\n)*/y)
    const part = cursor.eatNewline() ? '\n' : joined === '' ? readPlainOrEscape(cursor) : ''
    if (part === undefined) return text
    text += part
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: TOML's mll-char is defined by them
const LITERAL_CONTENT = /(?:[^\x00-\x08\x0a-\x1f\x7f']+|\r?\n)/y

function readMultilineLiteral(cursor: TomlCursor): string {
  cursor.eatNewline()
  const start = cursor.at
  skipLiteralContent(cursor)
  for (;;) {
    const quotesAt = cursor.at
    if (cursor.take(/''?(?=[^'])/y) === '') break
    if (skipLiteralContent(cursor)) continue
    cursor.at = quotesAt
    break
  }
  cursor.take(/''?(?=''')/y)
  const text = cursor.text.slice(start, cursor.at)
  if (!cursor.eat("'''")) throw new TomlFailure(cursor.at, invalid('multiline literal string'))
  return text.replaceAll('\r\n', '\n')
}

function skipLiteralContent(cursor: TomlCursor): boolean {
  const start = cursor.at
  while (cursor.take(LITERAL_CONTENT) !== '');
  return cursor.at > start
}
