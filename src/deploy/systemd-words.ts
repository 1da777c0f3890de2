import { type Passage, PassageWriter, passageWithin, slicePassage } from './passage.ts'

export interface UnitWords {
  readonly words: readonly Passage[]
  /** Where the line stops being readable (an open quote, an escape that does not exist); the words before it count. */
  readonly failure: Passage | undefined
  /** In a command, how many words stand before each `;` of its own. */
  readonly breaks: readonly number[]
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u{7}',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
  s: ' ',
}
const SEMICOLON = /^(\\?;)(?:\s|$)/
const NUMERIC = /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})/y

/**
 * Splits a value of a unit file at blanks, taking quotes off and C escapes apart, also within words and within both
 * kinds of quotes (systemd extract-word.c with EXTRACT_UNQUOTE and EXTRACT_CUNESCAPE; seen with systemd 252). In a
 * command a word `\\;` is a semicolon.
 */
export function splitUnitWords(value: Passage, kind: 'list' | 'command'): UnitWords {
  const words: Passage[] = []
  const breaks: number[] = []
  const { text } = value
  let out = new PassageWriter()
  let start: number | undefined
  let quote = ''
  let at = 0
  const endWord = (): void => {
    if (start !== undefined) words.push(out.finish(slicePassage(value, start, at)))
    out = new PassageWriter()
    start = undefined
  }
  while (at < text.length) {
    const unit = text.charAt(at)
    if (quote === '' && /[ \t\n\r]/.test(unit)) {
      endWord()
      at++
      continue
    }
    const semicolon =
      kind === 'command' && start === undefined && quote === ''
        ? SEMICOLON.exec(text.slice(at, at + 3))?.[1]
        : undefined
    if (semicolon !== undefined) {
      const whole = slicePassage(value, at, at + semicolon.length)
      if (semicolon === ';') breaks.push(words.length)
      else words.push(passageWithin(whole, ';'))
      at += semicolon.length
      continue
    }
    start ??= at
    if (unit === '\\') {
      const decoded = decodeEscape(text, at + 1)
      if (decoded === undefined && kind === 'command') {
        // Of an escape that is none a command keeps the backslash, while a list ends there.
        out.copy(value, at, Math.min(at + 2, text.length))
        at += 2
        continue
      }
      if (decoded === undefined) return { words, failure: slicePassage(value, start), breaks }
      const end = at + 1 + decoded.length
      out.write(decoded.text, slicePassage(value, at, end).span)
      at = end
    } else if (unit === quote) {
      quote = ''
      at++
    } else if (quote === '' && /["']/.test(unit)) {
      quote = unit
      at++
    } else {
      out.copy(value, at, ++at)
    }
  }
  if (quote !== '') return { words, failure: slicePassage(value, start ?? 0), breaks }
  endWord()
  return { words, failure: undefined, breaks }
}

function decodeEscape(text: string, at: number): { text: string; length: number } | undefined {
  const simple = SIMPLE[text.charAt(at)]
  if (simple !== undefined) return { text: simple, length: 1 }
  NUMERIC.lastIndex = at
  const match = NUMERIC.exec(text)
  if (match === null) return undefined
  const [whole, byte, short, long, octal] = match
  const code = Number.parseInt(byte ?? short ?? long ?? octal ?? '', octal === undefined ? 16 : 8)
  // NUL ends a string in C, and is refused.
  if (code === 0 || code > 0x10ffff) return undefined
  return { text: String.fromCodePoint(code), length: whole.length }
}

/** What a specifier such as `%n` stands for; undefined = the letter is none. */
export type Specifiers = (
  letter: string,
) => { readonly value: string } | { readonly unknown: string } | undefined

/**
 * Puts specifiers in (systemd.unit(5), SPECIFIERS): `%%` is one percent sign, and so is one at the end. Undefined for a
 * letter that is none, where systemd ignores the word (seen with systemd 252).
 */
export function expandSpecifiers(word: Passage, specifiers: Specifiers): Passage | undefined {
  if (!word.text.includes('%')) return word
  const out = new PassageWriter()
  for (let at = 0; at < word.text.length; ) {
    const letter = word.text.charAt(at) === '%' ? word.text.charAt(at + 1) : ''
    const found = letter === '%' ? { value: '%' } : specifiers(letter)
    const { span } = slicePassage(word, at, at + 2)
    if (letter === '') out.copy(word, at, ++at)
    else if (found === undefined) return undefined
    else {
      if ('value' in found) out.write(found.value, span)
      else out.unknown(found.unknown, span)
      at += 2
    }
  }
  return out.finishAt(word)
}
