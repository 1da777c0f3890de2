import type { Origin, Span } from './setting.ts'

/** A place for people: line and column from 1, columns in characters (code points). */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The place of the UTF-16 `offset` in `text`; lines end at LF, and an offset past the end is the end. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: [...before.slice(lineStart)].length + 1 }
}

/** A part of a file. */
export interface Place {
  readonly file: string
  readonly span: Span
}

/** The place behind an origin: its own, or that of the text in a file that sets the variable or argument. */
export function fileSpan(origin: Origin): Place | undefined {
  switch (origin.kind) {
    case 'file':
      return origin
    case 'variable':
    case 'argument':
      return origin.at
    case 'default':
      return undefined
  }
}
