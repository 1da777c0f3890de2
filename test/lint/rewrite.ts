import { readDocument, walk } from '../../src/lint/document.ts'

/** A key that holds no table: its path and the text of its value. */
export interface Leaf {
  readonly path: readonly string[]
  readonly value: string
}

/** The leaves of a TOML text in document order; undefined when it is not TOML or has arrays of tables. */
export function leavesOf(toml: string): readonly Leaf[] | undefined {
  const document = readDocument('resonate.toml', toml)
  if (document.root === undefined || /^\s*\[\[/m.test(toml)) return undefined
  const leaves: Leaf[] = []
  const open = [{ path: [] as readonly string[], node: document.root }]
  for (let entry = open.shift(); entry !== undefined; entry = open.shift()) {
    const { path, node } = entry
    const { value, origin } = node
    if (value.kind === 'table')
      open.unshift(
        ...[...value.entries].map(([key, child]) => ({ path: [...path, key], node: child })),
      )
    else if (origin.kind === 'file')
      leaves.push({ path, value: toml.slice(origin.span.start, origin.span.end) })
  }
  return leaves
}

function name(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key)
}

/** Every key with its whole path: `auth.publickey = "…"`. */
export function dotted(leaves: readonly Leaf[]): string {
  return leaves.map(({ path, value }) => `${path.map(name).join('.')} = ${value}\n`).join('')
}

/** Every table of the top level as an inline table. */
export function inline(leaves: readonly Leaf[]): string {
  const groups = new Map<string, Leaf[]>()
  for (const leaf of leaves) {
    const [first = '', ...path] = leaf.path
    groups.set(first, [...(groups.get(first) ?? []), { path, value: leaf.value }])
  }
  return [...groups].map(([key, members]) => `${name(key)} = ${inlineValue(members)}\n`).join('')
}

function inlineValue(leaves: readonly Leaf[]): string {
  const [only] = leaves
  if (only?.path.length === 0) return only.value
  const members = inline(leaves)
    .trimEnd()
    .split(/\n(?=[\w"-]+ = )/)
  return `{ ${members.join(', ')} }`
}

/** Every key in quotes. */
export function quoted(leaves: readonly Leaf[]): string {
  return leaves
    .map(({ path, value }) => `${path.map((key) => JSON.stringify(key)).join('.')} = ${value}\n`)
    .join('')
}

/** The keys as variables of the server; undefined when a value cannot be written as one. */
export function variablesOf(leaves: readonly Leaf[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    leaves.map(({ path, value }) => [
      `RESONATE_${path.join('__').toUpperCase()}`,
      value
        .replace(/\s*#[^\n"]*\n/g, ' ')
        .replace(/\s*\n\s*/g, ' ')
        .replace(/,\s*\]/, ']'),
    ]),
  )
}

/** Whether the text has tables that are empty; flattening would lose them. */
export function hasEmptyTable(toml: string): boolean {
  const document = readDocument('resonate.toml', toml)
  for (const { node } of walk(document))
    if (node.value.kind === 'table' && node.value.entries.size === 0) return true
  return false
}
