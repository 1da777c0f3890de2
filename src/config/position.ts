import type { Origin, Span } from './setting.ts'

/** A place for people: line and column from 1, columns in characters (code points). */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The index of the line that `offset` lies in, where `starts` are the offsets of the first character of each. */
export function findLine(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** A text whose lines have been found once; they end at LF. */
export class IndexedText {
  readonly #text: string
  /** UTF-16 offsets of the first character of each line. */
  readonly #starts: readonly number[]

  constructor(text: string) {
    const starts = [0]
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
      starts.push(at + 1)
    this.#text = text
    this.#starts = starts
  }

  /** The place of the UTF-16 `offset`; one past the end is the end. */
  positionAt(offset: number): Position {
    const line = findLine(this.#starts, offset)
    const before = this.#text.slice(this.#starts[line], offset)
    return { line: line + 1, column: [...before].length + 1 }
  }
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
