import type { SettingRow, SettingType } from './settings.ts'

/** A Go struct that mapstructure decodes into; `key` is the viper key of a leaf. */
export type DecodeNode =
  | { readonly kind: 'struct'; readonly fields: readonly DecodeField[] }
  | { readonly kind: 'leaf'; readonly key: string; readonly type: SettingType }

export interface DecodeField {
  /** As the Go source spells it. */
  readonly name: string
  readonly node: DecodeNode
}

const UPPER: readonly string[] = ['api', 'aio', 'sqs']

function fieldName(name: string): string {
  return UPPER.includes(name) ? name.toUpperCase() : name.charAt(0).toUpperCase() + name.slice(1)
}

/** The struct that `rows` describe below the key `root` ('' = the whole configuration). */
export function structOf(rows: readonly SettingRow[], root: string): DecodeNode {
  const start = root === '' ? 0 : root.split('.').length
  const own = rows.filter(({ key }) => root === '' || key.startsWith(`${root}.`))
  return build(own, start)
}

function build(rows: readonly SettingRow[], depth: number): DecodeNode {
  const groups = new Map<string, SettingRow[]>()
  for (const row of rows) {
    const name = row.key.split('.')[depth] ?? ''
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [row])
    else group.push(row)
  }
  const fields = [...groups].map(([name, group]): DecodeField => {
    const [first] = group
    const leaf = first !== undefined && first.key.split('.').length === depth + 1
    const node: DecodeNode = leaf
      ? { kind: 'leaf', key: first.key, type: first.type }
      : build(group, depth + 1)
    return { name: fieldName(name), node }
  })
  return { kind: 'struct', fields }
}

/** The parts of v0.8.2 that decode by themselves, in their order. */
export function partsOf(rows: readonly SettingRow[]): readonly string[] {
  return rows
    .filter(({ key }) => key.endsWith('.enabled'))
    .map(({ key }) => key.slice(0, -'.enabled'.length))
}

/** The structs of v0.8.2 that hold the parts: nothing in them is decoded, but they must be maps. */
export function withParts(root: DecodeNode): DecodeNode {
  if (root.kind !== 'struct') return root
  const holders: Readonly<Record<string, readonly string[]>> = {
    API: ['Subsystems'],
    AIO: ['Subsystems', 'Plugins'],
  }
  const fields = root.fields.map((field) => {
    const extra = holders[field.name] ?? []
    if (field.node.kind !== 'struct') return field
    const added = extra.map((name) => ({ name, node: { kind: 'struct', fields: [] } as const }))
    return { name: field.name, node: { ...field.node, fields: [...field.node.fields, ...added] } }
  })
  return { kind: 'struct', fields }
}
