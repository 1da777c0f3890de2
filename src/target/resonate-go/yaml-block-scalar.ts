import { type Characters, isBlank, isBreak, isBreakOrEnd, type Mark } from './yaml-characters.ts'
import type { ScannedScalar } from './yaml-scalars.ts'

/** Reads a block scalar; `parent` is the indentation around it (scan_block_scalar). */
export function scanBlock(characters: Characters, parent: number): ScannedScalar {
  const start = characters.mark
  const literal = characters.at() === '|'
  characters.skip()
  const { increment, chomping } = scanBlockHeader(characters, start)
  characters.endLine(start)
  const fixed = increment === 0 ? 0 : Math.max(parent, 0) + increment
  const pieces: string[] = []
  let leading = ''
  let wasBlank = false
  let breaks = scanBlockBreaks(characters, fixed, parent, start)
  const { indent } = breaks
  while (characters.column === indent && characters.at() !== '') {
    const blank = isBlank(characters.at())
    const folds = !literal && !wasBlank && !blank && leading === '\n'
    if (!folds) pieces.push(leading)
    else if (breaks.text === '') pieces.push(' ')
    pieces.push(breaks.text)
    wasBlank = blank
    while (!isBreakOrEnd(characters.at())) {
      pieces.push(characters.at())
      characters.skip()
    }
    leading = characters.readLine()
    breaks = scanBlockBreaks(characters, indent, parent, start)
  }
  if (chomping !== '-') pieces.push(leading)
  if (chomping === '+') pieces.push(breaks.text)
  return { value: pieces.join(''), end: breaks.end }
}

interface BlockHeader {
  /** The indentation within, or 0 where the text tells it. */
  readonly increment: number
  readonly chomping: '+' | '-' | ''
}

/** The chomping and indentation indicators, in either order. */
function scanBlockHeader(characters: Characters, start: Mark): BlockHeader {
  let increment = 0
  let chomping: BlockHeader['chomping'] = ''
  for (;;) {
    const character = characters.at()
    if (chomping === '' && (character === '+' || character === '-')) chomping = character
    else if (increment === 0 && /^\d$/.test(character)) {
      if (character === '0') characters.fail('found an indentation indicator equal to 0', start)
      increment = Number(character)
    } else return { increment, chomping }
    characters.skip()
  }
}

interface BlockBreaks {
  /** The indentation of the scalar, found where it was 0. */
  readonly indent: number
  readonly text: string
  /** The index behind the last of the line ends. */
  readonly end: number
}

/** Empty lines and indentation. */
function scanBlockBreaks(
  characters: Characters,
  indent: number,
  parent: number,
  start: Mark,
): BlockBreaks {
  const lines: string[] = []
  let end = characters.index
  let deepest = 0
  for (;;) {
    while ((indent === 0 || characters.column < indent) && characters.at() === ' ')
      characters.skip()
    deepest = Math.max(deepest, characters.column)
    if ((indent === 0 || characters.column < indent) && characters.at() === '\t')
      characters.fail('found a tab character where an indentation space is expected', start)
    if (!isBreak(characters.at())) break
    lines.push(characters.readLine())
    end = characters.index
  }
  const found = indent === 0 ? Math.max(deepest, parent + 1, 1) : indent
  return { indent: found, text: lines.join(''), end }
}
