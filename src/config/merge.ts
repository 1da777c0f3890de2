import type { Node, Value } from './setting.ts'

type Entries = ReadonlyMap<string, Node>

/**
 * The layers as one, lowest first: where two have a table, key by key, and the table counts as the upper one's;
 * everywhere else the upper's value replaces the lower's as a whole, lists too (figment src/coalesce.rs, `merge`).
 * Linear in all that is written, no recursion; the layers stay as they are.
 */
export function mergeLayers(lowest: Node, uppers: readonly Node[]): Node {
  const own = new Set<Entries>()
  let merged = lowest
  for (const upper of uppers) merged = mergeOver(merged, upper, own)
  return merged
}

function mergeOver(lower: Node, upper: Node, own: Set<Entries>): Node {
  const work: { into: Map<string, Node>; from: Entries }[] = []
  const begin = (under: Value | undefined, over: Node): Node => {
    if (under?.kind !== 'table' || over.value.kind !== 'table') return over
    const into = ownEntries(under.entries, own)
    work.push({ into, from: over.value.entries })
    return { ...over, value: { kind: 'table', entries: into } }
  }
  const merged = begin(lower.value, upper)
  for (let job = work.pop(); job !== undefined; job = work.pop())
    for (const [key, node] of job.from) job.into.set(key, begin(job.into.get(key)?.value, node))
  return merged
}

/** Entries that may be changed: those of a layer are copied once, when something is first merged into them. */
function ownEntries(entries: Entries, own: Set<Entries>): Map<string, Node> {
  const mine = own.has(entries)
    ? // Only Maps made here are in the set.
      (entries as Map<string, Node>)
    : new Map(entries)
  own.add(mine)
  return mine
}
