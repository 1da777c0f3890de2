import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the vectors; their paths are relative to it. */
export const VECTORS = join(import.meta.dirname, '../vectors')

/** The rows of a vectors file, e.g. `rust-0.9/tokens.jsonl`; lines end with `\n` alone. */
export function readRows<Row>(file: string): readonly Row[] {
  const text = readFileSync(join(VECTORS, file), 'utf8')
  // The README beside the file tells the fields.
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

/** Objects as the JSON Lines that commands read. */
export function toLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

/** The objects of JSON Lines that commands write. */
export function fromLines<Answer>(text: string): readonly Answer[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer)
}
