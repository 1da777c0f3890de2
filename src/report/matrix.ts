import { printable } from '../lint/printable.ts'
import type { Paint } from './paint.ts'

/** One kind with its verdict for each id. */
export interface MatrixRow {
  readonly kind: string
  readonly verdicts: readonly { readonly status: number }[]
}

/** The kinds as lines and the ids as columns: ✓ allowed, ✗ forbidden, with the status where it is refused. */
export function describeMatrix(
  ids: readonly string[],
  rows: readonly MatrixRow[],
  paint: Paint,
): string {
  const names = ids.map((id) => printable(id))
  const first = Math.max(...rows.map(({ kind }) => kind.length), 0)
  const head = `${' '.repeat(first)}  ${names.map((name) => name.padEnd(5)).join('  ')}`
  const lines = rows.map(({ kind, verdicts }) => {
    const cells = verdicts.map(({ status }, index) => cell(status, names[index] ?? '', paint))
    return `${kind.padEnd(first)}  ${cells.join('  ')}`.trimEnd()
  })
  return `${[head.trimEnd(), ...lines].join('\n')}\n`
}

function cell(status: number, name: string, paint: Paint): string {
  const text = status === 200 ? '✓' : `✗ ${status}`
  const painted = status === 200 ? paint.green(text) : paint.red(text)
  return painted + ' '.repeat(Math.max(name.length, 5) - text.length)
}
