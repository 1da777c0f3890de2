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
