import { printableCells } from '../lint/printable.ts'
import { maskSecrets } from '../lint/secret.ts'

/** Lines of context around a change. */
const CONTEXT = 3

type Line = { readonly kind: ' ' | '-' | '+'; readonly text: string }

/** The change of `file` as a unified diff, secrets masked; empty when nothing changed. */
export function diff(file: string, before: string, after: string): string {
  if (before === after) return ''
  const lines = compare(splitLines(maskSecrets(before)), splitLines(maskSecrets(after)))
  return `--- a/${file}\n+++ b/${file}\n${hunks(lines).join('')}`
}

function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|[\r\n]/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** The lines of both texts in order; the parts that differ are aligned by their longest common subsequence. */
function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++
  const same = (text: string): Line => ({ kind: ' ', text })
  return [
    ...before.slice(0, start).map(same),
    ...align(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ]
}

/** Beyond this many cells the parts are shown as one change; fixes are small. */
const LARGEST_TABLE = 4_000_000

function align(before: readonly string[], after: readonly string[]): readonly Line[] {
  const removed = before.map((text): Line => ({ kind: '-', text }))
  const added = after.map((text): Line => ({ kind: '+', text }))
  if (before.length * after.length > LARGEST_TABLE) return [...removed, ...added]
  const width = after.length + 1
  const common = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] =
        before[i] === after[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0)
  const lines: Line[] = []
  let i = 0
  let j = 0
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      lines.push({ kind: ' ', text: before[i++] ?? '' })
      j++
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
      lines.push({ kind: '-', text: before[i++] ?? '' })
    else lines.push({ kind: '+', text: after[j++] ?? '' })
  }
  return [...lines, ...removed.slice(i), ...added.slice(j)]
}

function hunks(lines: readonly Line[]): readonly string[] {
  const changed = lines.flatMap((line, index) => (line.kind === ' ' ? [] : [index]))
  const groups: { from: number; to: number }[] = []
  for (const index of changed) {
    const last = groups.at(-1)
    if (last !== undefined && index - last.to <= 2 * CONTEXT) last.to = index
    else groups.push({ from: index, to: index })
  }
  return groups.map(({ from, to }) => {
    const start = Math.max(0, from - CONTEXT)
    const part = lines.slice(start, to + CONTEXT + 1)
    const head = lines.slice(0, start)
    const count = (list: readonly Line[], skip: '-' | '+'): number =>
      list.filter(({ kind }) => kind !== skip).length
    const range = (skip: '-' | '+'): string => `${count(head, skip) + 1},${count(part, skip)}`
    const body = part.map(({ kind, text }) => `${kind}${printableCells(text)}\n`).join('')
    return `@@ -${range('+')} +${range('-')} @@\n${body}`
  })
}
