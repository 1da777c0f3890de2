import type { Node, Origin, Span } from './setting.ts'
import type { TomlCursor } from './toml-cursor.ts'
import { invalid, TomlFailure } from './toml-failure.ts'
import { readSingleLineString } from './toml-string.ts'

/** One part of a key: its name without quotes, and its place with them. */
export interface KeyPart {
  readonly name: string
  readonly span: Span
}

/** A table while the text is read; `implicit` = only named on the way to another, `dotted` = made by a dotted key. */
export interface OpenTable {
  readonly entries: Map<string, Item>
  implicit: boolean
  readonly dotted: boolean
  span: Span
  key: Span | undefined
}

export type Item =
  | { readonly kind: 'value'; readonly node: Node }
  | { readonly kind: 'table'; readonly table: OpenTable }
  | { readonly kind: 'tables'; readonly tables: OpenTable[]; readonly key: Span }

/** A table without entries; with `part`, one that is only named on the way to another. */
export function openTable(span: Span, part?: KeyPart, dotted = false): OpenTable {
  return { entries: new Map(), implicit: part !== undefined, dotted, span, key: part?.span }
}

/** A key may have fewer parts than this, as lists and inline tables may nest (toml_edit src/parser/mod.rs). */
export const NESTING_LIMIT = 80

/** `a."b".c`: its parts; the failure is returned where an inline table may end instead, else thrown. */
export function readKey(cursor: TomlCursor): readonly [KeyPart, ...KeyPart[]] | TomlFailure {
  const start = cursor.at
  const first = readKeyPart(cursor)
  if (first === undefined) return new TomlFailure(cursor.at, invalid('key'))
  const parts: [KeyPart, ...KeyPart[]] = [first]
  for (;;) {
    const before = cursor.at
    const part = cursor.eat('.') ? readKeyPart(cursor) : undefined
    if (part === undefined) {
      cursor.at = before
      break
    }
    parts.push(part)
  }
  if (parts.length < NESTING_LIMIT) return parts
  return new TomlFailure(start, 'recursion limit exceeded')
}

function readKeyPart(cursor: TomlCursor): KeyPart | undefined {
  cursor.skipBlanks()
  const start = cursor.at
  const quoted = cursor.next === '"' || cursor.next === "'"
  const name = quoted ? readSingleLineString(cursor) : cursor.take(/[A-Za-z0-9_-]+/y)
  const span = { start, end: cursor.at }
  if (cursor.at === start) return undefined
  cursor.skipBlanks()
  return { name, span }
}

const TYPE_NAMES = {
  string: 'string',
  char: 'string',
  bool: 'boolean',
  uint: 'integer',
  int: 'integer',
  float: 'float',
  datetime: 'datetime',
  array: 'array',
  table: 'inline table',
  unknown: 'string',
} as const satisfies Record<Node['value']['kind'], string>

/**
 * The table at `path` below `table`, made where it is missing: by a dotted key or by a header (toml_edit
 * src/parser/state.rs and inline_table.rs). The text of a failure tells the rule that forbids it.
 */
export function descend(
  table: OpenTable,
  path: readonly KeyPart[],
  dotted: boolean,
): OpenTable | string {
  let here = table
  for (const [index, part] of path.entries()) {
    const item = here.entries.get(part.name)
    if (item === undefined) {
      const made = openTable(part.span, part, dotted)
      here.entries.set(part.name, { kind: 'table', table: made })
      here = made
      continue
    }
    if (item.kind === 'value') return refuseValue(item.node, path.slice(0, index + 1))
    const next = item.kind === 'table' ? item.table : item.tables.at(-1)
    if (next === undefined || (item.kind === 'table' && dotted && !next.implicit))
      return `duplicate key \`${part.name}\``
    here = next
  }
  return here
}

function refuseValue(node: Node, path: readonly KeyPart[]): string {
  const name = path.map((part) => part.name).join('.')
  const type = TYPE_NAMES[node.value.kind]
  return `dotted key \`${name}\` attempted to extend non-table type (${type})`
}

/**
 * Puts `item` under `key`; `place` names the table for people when the key is taken (undefined = toml_edit does not
 * name it). The text of a failure is returned.
 */
export function insert(
  table: OpenTable,
  parts: readonly KeyPart[],
  item: Item,
  place?: readonly KeyPart[],
): string | undefined {
  const path = parts.slice(0, -1)
  const name = parts.at(-1)?.name ?? ''
  const into = descend(table, path, true)
  if (typeof into === 'string') return into
  if (into.dotted === (path.length === 0)) return `duplicate key \`${name}\``
  if (into.entries.has(name)) return `duplicate key \`${name}\`${placeName(place)}`
  into.entries.set(name, item)
  return undefined
}

function placeName(place: readonly KeyPart[] | undefined): string {
  if (place === undefined) return ''
  return place.length === 0
    ? ' in document root'
    : ` in table \`${place.map((part) => part.name).join('.')}\``
}

/** The finished table with the place of everything in it. Nesting is bounded by NESTING_LIMIT. */
export function closeTable(table: OpenTable, file: string): Node {
  const origin = (span: Span): Origin => ({ kind: 'file', file, span })
  const entries = new Map<string, Node>()
  for (const [name, item] of table.entries) entries.set(name, closeItem(item, file))
  const node: Node = { value: { kind: 'table', entries }, origin: origin(table.span) }
  return table.key === undefined ? node : { ...node, key: origin(table.key) }
}

function closeItem(item: Item, file: string): Node {
  switch (item.kind) {
    case 'value':
      return item.node
    case 'table':
      return closeTable(item.table, file)
    case 'tables': {
      const items = item.tables.map((table) => closeTable(table, file))
      const origin = items[0]?.origin ?? { kind: 'file', file, span: item.key }
      const key: Origin = { kind: 'file', file, span: item.key }
      return { value: { kind: 'array', items }, origin, key }
    }
  }
}
