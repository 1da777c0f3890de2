import { type Characters, isBlank, isBlankOrEnd, isBreak, type Mark } from './yaml-characters.ts'

/** A scalar's text; `end` = the index behind it. */
export interface ScannedScalar {
  readonly value: string
  readonly end: number
}

/** Reads a quoted scalar (yaml v3.0.4 scannerc.go, scan_flow_scalar). */
export function scanQuoted(characters: Characters): ScannedScalar {
  const start = characters.mark
  const quote = characters.at()
  const pieces: string[] = []
  characters.skip()
  for (;;) {
    if (characters.atIndicator('---') || characters.atIndicator('...'))
      characters.fail('found unexpected document indicator', start)
    if (characters.at() === '') characters.fail('found unexpected end of stream', start)
    const broken = scanQuotedWord(characters, quote, start, pieces)
    if (characters.at() === quote) break
    pieces.push(scanGap(characters, broken, 0, start).text)
  }
  characters.skip()
  return { value: pieces.join(''), end: characters.index }
}

/** Up to a blank, a line's end or the closing quote; true where it ended with an escaped line's end. */
function scanQuotedWord(
  characters: Characters,
  quote: string,
  start: Mark,
  pieces: string[],
): boolean {
  while (!isBlankOrEnd(characters.at())) {
    const character = characters.at()
    if (quote === "'" && character === "'" && characters.at(1) === "'") {
      pieces.push("'")
      characters.skip(2)
    } else if (character === quote) {
      return false
    } else if (quote === '"' && character === '\\' && isBreak(characters.at(1))) {
      characters.skip()
      characters.readLine()
      return true
    } else if (quote === '"' && character === '\\') {
      pieces.push(scanEscape(characters, start))
    } else {
      pieces.push(character)
      characters.skip()
    }
  }
  return false
}

/** Blanks and line ends between words, and what they are folded to. `broken` = a line's end has been there already. */
function scanGap(
  characters: Characters,
  broken: boolean,
  indent: number,
  start: Mark,
): { readonly text: string; readonly broken: boolean } {
  let lineEnded = broken
  let first = ''
  const blanks: string[] = []
  const more: string[] = []
  for (;;) {
    const character = characters.at()
    if (isBreak(character)) {
      const line = characters.readLine()
      if (lineEnded) more.push(line)
      else first = line
      lineEnded = true
    } else if (isBlank(character)) {
      if (lineEnded && characters.column < indent && character === '\t')
        characters.fail('found a tab character that violates indentation', start)
      blanks.push(character)
      characters.skip()
    } else {
      break
    }
  }
  if (!lineEnded) return { text: blanks.join(''), broken: false }
  return { text: foldBreaks(first, more.join('')), broken: true }
}

/** One line's end is a blank, more than one lose the first, unless that is U+2028 or U+2029. */
function foldBreaks(first: string, more: string): string {
  if (first !== '\n') return first + more
  return more === '' ? ' ' : more
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
}

const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

function scanEscape(characters: Characters, start: Mark): string {
  const letter = characters.at(1)
  const simple = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined
  const length = Object.hasOwn(CODE_LENGTHS, letter) ? CODE_LENGTHS[letter] : undefined
  if (simple === undefined && length === undefined)
    characters.fail('found unknown escape character', start)
  characters.skip(2)
  return simple ?? scanCode(characters, length ?? 0, start)
}

function scanCode(characters: Characters, length: number, start: Mark): string {
  let digits = ''
  for (let count = 0; count < length; count++) {
    const digit = characters.at(count)
    if (!/^[0-9a-fA-F]$/.test(digit))
      characters.fail('did not find expected hexdecimal number', start)
    digits += digit
  }
  const code = Number.parseInt(digits, 16)
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
    characters.fail('found invalid Unicode character escape code', start)
  characters.skip(length)
  return String.fromCodePoint(code)
}

/** Reads a plain scalar; `lineEnded` = it ended with a line, so that a key may follow (scan_plain_scalar). */
export function scanPlain(
  characters: Characters,
  indent: number,
  inFlow: boolean,
): ScannedScalar & { readonly lineEnded: boolean } {
  const start = characters.mark
  const pieces: string[] = []
  let end = characters.index
  let gap = { text: '', broken: false }
  for (;;) {
    if (characters.atIndicator('---') || characters.atIndicator('...')) break
    if (characters.at() === '#') break
    const before = characters.index
    while (!isBlankOrEnd(characters.at()) && !endsPlain(characters, inFlow)) {
      if (characters.index === before) pieces.push(gap.text)
      pieces.push(characters.at())
      characters.skip()
    }
    if (characters.index > before) {
      end = characters.index
      gap = { text: '', broken: false }
    }
    if (!isBlank(characters.at()) && !isBreak(characters.at())) break
    gap = scanGap(characters, gap.broken, indent, start)
    if (!inFlow && characters.column < indent) break
  }
  return { value: pieces.join(''), end, lineEnded: gap.broken }
}

function endsPlain(characters: Characters, inFlow: boolean): boolean {
  const character = characters.at()
  if (character === ':' && isBlankOrEnd(characters.at(1))) return true
  return inFlow && ',?[]{}'.includes(character)
}
