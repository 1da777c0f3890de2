import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the vectors; their paths are relative to it. */
export const VECTORS = import.meta.dirname

/** The lines of a vectors file, e.g. `rust-0.9/tokens.jsonl`, each a JSON text. */
export function readLines(file: string): readonly string[] {
  return linesOf(readFileSync(join(VECTORS, file), 'utf8'))
}

/** The rows of a vectors file; the README beside it tells the fields. */
export function readRows<Row>(file: string): readonly Row[] {
  return readLines(file).map((line) => JSON.parse(line) as Row)
}

/** Objects as the JSON Lines that commands read. */
export function toLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

/** The objects of JSON Lines that commands write. */
export function fromLines<Answer>(text: string): readonly Answer[] {
  return linesOf(text).map((line) => JSON.parse(line) as Answer)
}

/** Lines end with `\n` alone: other separators stand inside of JSON strings. */
function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '')
}
