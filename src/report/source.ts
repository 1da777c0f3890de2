import { findLine } from '../config/position.ts'
import type { Span } from '../config/setting.ts'
import type { Facts } from '../lint/facts.ts'
import { maskText, secretPlaces } from '../lint/secret-places.ts'

/** A text that findings point into, as it may be shown: every secret in it is masked. */
export interface Source {
  readonly name: string
  /** The same length and lines as the original; secrets are `•`. */
  readonly text: string
  /** Offsets of the first character of each line. */
  readonly lines: readonly number[]
}

/** Line and column counted from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A place in a file: `end` is the position after its last character. */
export interface Place {
  readonly file: string
  readonly start: Position
  readonly end: Position
}

/** The sources of everything that findings point into: secrets are masked here, once, before any format sees them. */
export function createSources(facts: Facts): ReadonlyMap<string, Source> {
  const places = secretPlaces(facts)
  return new Map(
    [...facts.texts].map(([name, text]) => [
      name,
      { name, text: maskText(text, name, places), lines: lineStarts(text) },
    ]),
  )
}

/** A line ends at LF, CR or CR LF. */
function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length)
  return starts
}

/** The position of `offset`. */
export function positionAt({ lines }: Source, offset: number): Position {
  const line = findLine(lines, offset)
  return { line: line + 1, column: offset - (lines[line] ?? 0) + 1 }
}

/** The text of line `line` (from 1) without its end. */
export function lineText({ text, lines }: Source, line: number): string {
  const start = lines[line - 1] ?? text.length
  let end = lines[line] ?? text.length
  while (end > start && /[\r\n]/.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** Where `span` of `source` lies. */
export function placeOf(source: Source, span: Span): Place {
  return {
    file: source.name,
    start: positionAt(source, span.start),
    end: positionAt(source, span.end),
  }
}
