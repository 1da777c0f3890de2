import type { SettingValue } from '../../config/configuration.ts'
import type { Node, Origin, Setting, Value } from '../../config/setting.ts'
import type { Assignment } from './environment.ts'
import type { Extraction } from './extraction.ts'
import type { FlagUse } from './flags.ts'
import type { SchemaNode, TableNode } from './schema.ts'
import type { Schema, SettingRow } from './settings.ts'

/** Everything that was written, layer by layer, as far as the server reads it. */
export interface Layers {
  readonly file: Node | undefined
  readonly assignments: readonly Assignment[]
  readonly extraction: Extraction
  readonly uses: readonly FlagUse[]
  readonly command: 'serve' | 'dev'
}

interface Written<T> {
  readonly value: T
  readonly origin: Origin
}

const DEFAULT: Origin = { kind: 'default' }

/** The value of every key after file, variables and flags, as the server holds it (src/cli.rs, `apply`). */
export function settle(
  schema: Schema,
  root: TableNode,
  layers: Layers,
): ReadonlyMap<string, Setting<SettingValue>> {
  const settings = new Map<string, Setting<SettingValue>>()
  for (const row of schema.rows) {
    const { value, origin } = chooseValue(schema, row, layers)
    const shadows = writtenFor(row, root, layers).filter((each) => each.origin !== origin)
    settings.set(row.key, { value, origin, shadows })
  }
  fillUrl(settings)
  return settings
}

/** The default URL is put together after the flags were applied (src/cli.rs). */
function fillUrl(settings: Map<string, Setting<SettingValue>>): void {
  const url = settings.get('server.url')
  const host = settings.get('server.host')?.value
  const port = settings.get('server.port')?.value
  if (url === undefined || url.value !== undefined) return
  const known = typeof host === 'string' && typeof port === 'bigint'
  const value = known ? `http://${host}:${port}` : { unknown: 'its host or port is not known' }
  settings.set('server.url', { ...url, value })
}

function chooseValue(schema: Schema, row: SettingRow, layers: Layers): Written<SettingValue> {
  if (row.key === 'storage.type') return chooseStorage(row, layers)
  const flagged = flagValue(row.key, layers.uses)
  if (flagged !== undefined) return flagged
  if (isForced(row.key, layers)) return { value: ':memory:', origin: DEFAULT }
  const extracted = layers.extraction.values.get(row.key)
  if (extracted !== undefined) return extracted
  const table = schema.tables.find(({ key, optional }) => optional && row.key.startsWith(`${key}.`))
  const exists = table === undefined || tableOrigin(table.key, layers) !== undefined
  return { value: exists ? row.default : undefined, origin: DEFAULT }
}

/** `dev` keeps its data in memory whatever file and variables say (src/cli.rs, `DevArgs::apply`). */
export function isForced(key: string, { command }: Layers): boolean {
  return key === 'storage.sqlite.path' && command === 'dev'
}

/** `--storage-mysql-url` turns `sqlite` into `mysql`; `--storage-postgres-url` turns nothing (src/cli.rs). */
function chooseStorage(row: SettingRow, { uses, extraction }: Layers): Written<SettingValue> {
  const own = flagValue(row.key, uses) ??
    extraction.values.get(row.key) ?? { value: row.default, origin: DEFAULT }
  const mysql = uses.find((use) => use.row.key === 'storage.mysql.url')
  return own.value === 'sqlite' && mysql !== undefined
    ? { value: 'mysql', origin: mysql.origin }
    : own
}

function flagValue(key: string, uses: readonly FlagUse[]): Written<SettingValue> | undefined {
  const own = uses.filter((use) => use.row.key === key && !isDropped(use, uses))
  const last = own.at(-1)
  if (last === undefined || last.row.type !== 'strings') return last
  const unknown = own.find(({ value }) => !Array.isArray(value))
  if (unknown !== undefined) return unknown
  // Each use of a repeatable flag holds the list of its one text.
  const texts = own.flatMap(({ value }) => value as readonly string[])
  return { value: texts, origin: last.origin }
}

/** Whether the server drops the flag because the one it needs is missing (src/cli.rs). */
export function isDropped(use: FlagUse, uses: readonly FlagUse[]): boolean {
  const { companion } = use.row.flag
  return companion !== undefined && !uses.some(({ row }) => row.flag.name === companion)
}

/** The place of an optional table: where it is written, or the flag that makes it; undefined when it is absent. */
function tableOrigin(key: string, { extraction, uses }: Layers): Origin | undefined {
  const maker = uses.find(
    ({ row }) => row.key.startsWith(`${key}.`) && row.flag.companion === undefined,
  )
  return extraction.tables.get(key) ?? maker?.origin
}

/** The optional tables that exist. */
export function optionalTables({ tables }: Schema, layers: Layers): ReadonlyMap<string, Origin> {
  const optional = tables.filter((table) => table.optional)
  return new Map(
    optional.flatMap(({ key }) => {
      const origin = tableOrigin(key, layers)
      return origin === undefined ? [] : [[key, origin] as const]
    }),
  )
}

/** Everything that was written for a key, the highest layer first. */
function writtenFor(row: SettingRow, root: TableNode, layers: Layers): readonly Written<unknown>[] {
  const path = row.key.split('.')
  const uses = layers.uses.filter((use) => use.row.key === row.key && !isDropped(use, layers.uses))
  // The uses of a repeatable flag are one list.
  const flags =
    row.type === 'strings'
      ? [flagValue(row.key, uses)].filter((list) => list !== undefined)
      : uses.map(({ value, origin }) => ({ value, origin }))
  const variables = layers.assignments.flatMap((assignment) => {
    const below = path.slice(assignment.path.length)
    const starts = assignment.path.every((part, index) => part === path[index])
    const schema = starts ? schemaAt(root, assignment.path) : undefined
    return schema === undefined ? [] : lookUp(assignment.node, schema, below)
  })
  const file = layers.file === undefined ? [] : lookUp(layers.file, root, path)
  return [...flags.reverse(), ...variables.reverse(), ...file]
}

/** The node of the schema at `path`; undefined where there is none. */
export function schemaAt(root: SchemaNode, path: readonly string[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = root
  for (const part of path) node = node?.kind === 'table' ? node.children.get(part) : undefined
  return node
}

function lookUp(
  node: Node,
  schema: SchemaNode,
  path: readonly string[],
): readonly Written<unknown>[] {
  const [name, ...below] = path
  if (name === undefined) return [{ value: plain(node.value), origin: node.origin }]
  if (schema.kind !== 'table') return []
  const child = schema.children.get(name)
  const inner = childNode(node.value, schema, name)
  return child === undefined || inner === undefined ? [] : lookUp(inner, child, below)
}

function childNode(value: Value, schema: TableNode, name: string): Node | undefined {
  if (value.kind === 'table') return value.entries.get(name)
  if (value.kind !== 'array') return undefined
  return value.items[[...schema.children.keys()].indexOf(name)]
}

/** A variable may nest without limit; whoever walks a value stops here. */
export const DEEPEST = 100

/** A value without places: text, number, boolean, bigint, list; tables are objects without prototype. */
export function plain(value: Value, depth = 0): unknown {
  if (depth > DEEPEST) return { unknown: 'nested too deeply to be shown' }
  switch (value.kind) {
    case 'array':
      return value.items.map((item) => plain(item.value, depth + 1))
    case 'table':
      return Object.assign(
        Object.create(null),
        Object.fromEntries(
          [...value.entries].map(([key, node]) => [key, plain(node.value, depth + 1)]),
        ),
      )
    case 'unknown':
      return { unknown: value.why }
    default:
      return value.value
  }
}
