import type { Schema, SettingRow, TableRow } from './settings.ts'

/** A table with what stands in it, in the order of declaration. */
export interface TableNode {
  readonly kind: 'table'
  readonly row: TableRow
  readonly children: ReadonlyMap<string, SchemaNode>
}

export type SchemaNode = TableNode | { readonly kind: 'setting'; readonly row: SettingRow }

/** The schema as the nested tables that the server's structs are; the root's struct is `Config`. */
export function nestSchema(schema: Schema): TableNode {
  const root = openTable({ key: '', struct: 'Config' })
  const tables = new Map([['', root]])
  const tableOf = (key: string): OpenTableNode => {
    const known = tables.get(key)
    if (known !== undefined) return known
    const row = schema.tables.find((table) => table.key === key)
    const node = openTable(row ?? { key, struct: key })
    tables.set(key, node)
    const [parent, name] = splitKey(key)
    tableOf(parent).children.set(name, node)
    return node
  }
  for (const row of schema.rows) {
    const [parent, name] = splitKey(row.key)
    tableOf(parent).children.set(name, { kind: 'setting', row })
  }
  return root
}

interface OpenTableNode extends TableNode {
  readonly children: Map<string, SchemaNode>
}

function openTable(row: TableRow): OpenTableNode {
  return { kind: 'table', row, children: new Map() }
}

/** `server.cors.allow_origins` as its table's path and its own name. */
export function splitKey(key: string): readonly [parent: string, name: string] {
  const dot = key.lastIndexOf('.')
  return dot === -1 ? ['', key] : [key.slice(0, dot), key.slice(dot + 1)]
}
