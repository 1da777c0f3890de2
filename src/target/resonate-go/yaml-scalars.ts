import {
  type Characters,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isBreakOrEnd,
  type Mark,
} from './yaml-characters.ts'

/** Steps over a quoted scalar (yaml v3.0.4 scannerc.go, scan_flow_scalar). */
export function scanQuoted(characters: Characters): void {
  const start = characters.mark
  const quote = characters.at()
  characters.skip()
  for (;;) {
    if (characters.atIndicator('---') || characters.atIndicator('...'))
      characters.fail('found unexpected document indicator', start)
    if (characters.at() === '') characters.fail('found unexpected end of stream', start)
    scanQuotedWord(characters, quote, start)
    if (characters.at() === quote) break
    while (isBlank(characters.at()) || isBreak(characters.at())) {
      if (isBreak(characters.at())) characters.skipLine()
      else characters.skip()
    }
  }
  characters.skip()
}

/** Up to a blank, a line's end or the closing quote. */
function scanQuotedWord(characters: Characters, quote: string, start: Mark): void {
  while (!isBlankOrEnd(characters.at())) {
    const character = characters.at()
    if (quote === "'" && character === "'" && characters.at(1) === "'") characters.skip(2)
    else if (character === quote) return
    else if (quote === '"' && character === '\\' && isBreak(characters.at(1))) {
      characters.skip()
      characters.skipLine()
      return
    } else if (quote === '"' && character === '\\') scanEscape(characters, start)
    else characters.skip()
  }
}

const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

function scanEscape(characters: Characters, start: Mark): void {
  const letter = characters.at(1)
  const length = Object.hasOwn(CODE_LENGTHS, letter) ? (CODE_LENGTHS[letter] ?? 0) : 0
  if (letter === '' || (length === 0 && !'0abt\tnvfre "\'\\N_LP'.includes(letter)))
    characters.fail('found unknown escape character', start)
  characters.skip(2)
  let digits = ''
  for (let count = 0; count < length; count++) {
    const digit = characters.at(count)
    if (!/^[0-9a-fA-F]$/.test(digit))
      characters.fail('did not find expected hexdecimal number', start)
    digits += digit
  }
  const value = digits === '' ? 0 : Number.parseInt(digits, 16)
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff)
    characters.fail('found invalid Unicode character escape code', start)
  characters.skip(length)
}

/** Steps over a plain scalar; true where it ended with a line, so that a key may follow (scan_plain_scalar). */
export function scanPlain(characters: Characters, indent: number, inFlow: boolean): boolean {
  const start = characters.mark
  let lineEnded = false
  for (;;) {
    if (characters.atIndicator('---') || characters.atIndicator('...')) break
    if (characters.at() === '#') break
    const before = characters.index
    while (!isBlankOrEnd(characters.at())) {
      const character = characters.at()
      if (character === ':' && isBlankOrEnd(characters.at(1))) break
      if (inFlow && ',?[]{}'.includes(character)) break
      characters.skip()
    }
    if (characters.index > before) lineEnded = false
    if (!isBlank(characters.at()) && !isBreak(characters.at())) break
    while (isBlank(characters.at()) || isBreak(characters.at())) {
      if (isBreak(characters.at())) {
        characters.skipLine()
        lineEnded = true
        continue
      }
      if (lineEnded && characters.column < indent && characters.at() === '\t')
        characters.fail('found a tab character that violates indentation', start)
      characters.skip()
    }
    if (!inFlow && characters.column < indent) break
  }
  return lineEnded
}

/** Steps over a block scalar; `parent` is the indentation around it (scan_block_scalar). */
export function scanBlock(characters: Characters, parent: number): void {
  const start = characters.mark
  characters.skip()
  const increment = scanBlockHeader(characters, start)
  characters.skipBlanks()
  characters.skipComment()
  if (!isBreakOrEnd(characters.at()))
    characters.fail('did not find expected comment or line break', start)
  characters.skipLine()
  const fixed = increment === 0 ? 0 : Math.max(parent, 0) + increment
  let indent = scanBlockBreaks(characters, fixed, parent, start)
  while (characters.column === indent && characters.at() !== '') {
    while (!isBreakOrEnd(characters.at())) characters.skip()
    characters.skipLine()
    indent = scanBlockBreaks(characters, indent, parent, start)
  }
}

/** The chomping and indentation indicators, in either order; the indentation, or 0. */
function scanBlockHeader(characters: Characters, start: Mark): number {
  let increment = 0
  let chomping = false
  for (;;) {
    const character = characters.at()
    if (!chomping && (character === '+' || character === '-')) chomping = true
    else if (increment === 0 && /^\d$/.test(character)) {
      if (character === '0') characters.fail('found an indentation indicator equal to 0', start)
      increment = Number(character)
    } else return increment
    characters.skip()
  }
}

/** Empty lines and indentation; the indentation of the scalar, found where it was 0. */
function scanBlockBreaks(
  characters: Characters,
  indent: number,
  parent: number,
  start: Mark,
): number {
  let deepest = 0
  for (;;) {
    while ((indent === 0 || characters.column < indent) && characters.at() === ' ')
      characters.skip()
    deepest = Math.max(deepest, characters.column)
    if ((indent === 0 || characters.column < indent) && characters.at() === '\t')
      characters.fail('found a tab character where an indentation space is expected', start)
    if (!isBreak(characters.at())) break
    characters.skipLine()
  }
  return indent === 0 ? Math.max(deepest, parent + 1, 1) : indent
}
