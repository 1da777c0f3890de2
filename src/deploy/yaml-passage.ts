import type { YamlScalar } from '../config/yaml.ts'
import { type Mark, type Passage, passageWithin } from './passage.ts'

/**
 * The scalar's text with the place of each unit in the YAML file `source`: through quotes, escapes (YAML 1.2.2 section
 * 5.7), line folding and block indentation. A scalar whose units cannot be told apart stands at its whole place.
 */
export function scalarPassage(file: string, source: string, scalar: YamlScalar): Passage {
  const { text, span } = scalar
  const marks = alignScalar(source.slice(span.start, span.end), scalar)
  if (marks === undefined) return passageWithin({ file, span }, text)
  return { file, text, marks, span: innerSpan(scalar, marks) }
}

/** A quoted or block scalar's value is the text within, without the quotes or the block's header. */
function innerSpan(
  { span, style }: YamlScalar,
  marks: readonly Mark[],
): { start: number; end: number } {
  if (style === 'plain') return span
  const [first] = marks
  const last = marks.at(-1)
  if (first !== undefined && last !== undefined) return { start: first.start, end: last.end }
  return style === 'single' || style === 'double'
    ? { start: span.start + 1, end: span.start + 1 }
    : span
}

const ESCAPE_LENGTHS: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 }

function alignScalar(source: string, { text, style, span }: YamlScalar): Mark[] | undefined {
  const marks: Mark[] = []
  let at = style === 'plain' ? 0 : 1
  if (style === 'literal' || style === 'folded') at = source.indexOf('\n') + 1
  const skipBlank = (): void => {
    while (/\s/.test(source.charAt(at))) at++
  }
  while (marks.length < text.length) {
    const unit = text.charAt(marks.length)
    const there = source.charAt(at)
    if (there === '') {
      // A block scalar's last line break may be the end of the file.
      if (unit !== '\n') return undefined
      marks.push({ start: span.start + at, end: span.start + at })
    } else if (style === 'double' && there === '\\') {
      if (/[\r\n]/.test(source.charAt(at + 1))) {
        at++
        skipBlank()
      } else {
        const length = ESCAPE_LENGTHS[source.charAt(at + 1)] ?? 2
        const mark = { start: span.start + at, end: span.start + at + length }
        const astral = length === 10 && /[\ud800-\udbff]/.test(unit)
        marks.push(mark, ...(astral ? [mark] : []))
        at += length
      }
    } else if (unit === there) {
      const width = style === 'single' && unit === "'" ? 2 : 1
      marks.push({ start: span.start + at, end: span.start + at + width })
      at += width
    } else if (/\s/.test(unit) && /\s/.test(there)) {
      marks.push({ start: span.start + at, end: span.start + at + 1 })
      at++
    } else if (/\s/.test(there)) {
      skipBlank()
    } else {
      return undefined
    }
  }
  return marks
}
