import type { SettingValue } from '../../config/configuration.ts'
import type { Node, Origin, Value } from '../../config/setting.ts'
import { debugText } from '../../token/rust-debug.ts'
import type { Extracted, Extraction, Refusal } from './extraction.ts'
import { displayFloat } from './rust-text.ts'
import type { TableNode } from './schema.ts'
import { INTEGER_RANGES, type IntegerType, type SettingRow, type SettingType } from './settings.ts'

/**
 * Types the merged configuration as serde and figment 0.10.19 do (src/value/de.rs): strictly, the keys of a table in
 * alphabetical order, the first refusal counting. A table may be written as a list of its keys' values.
 */
export function extractSettings(root: Node, schema: TableNode): Extraction {
  const extractor = new Extractor()
  extractor.readTable(root, schema, [])
  return extractor
}

class Extractor implements Extraction {
  readonly values = new Map<string, Extracted>()
  readonly tables = new Map<string, Origin>()
  readonly surplus: { table: string; node: Node }[] = []
  readonly refusals: Refusal[] = []

  get refusal(): Refusal | undefined {
    return this.refusals[0]
  }

  readTable(node: Node, table: TableNode, path: readonly string[]): void {
    const { value, origin } = node
    if (table.row.key !== '') this.tables.set(table.row.key, node.key ?? origin)
    if (value.kind === 'table') this.#readEntries(node, value.entries, table, path)
    // A date is a table of one private key, which no table of ours has.
    else if (value.kind === 'datetime') this.#readEntries(node, new Map(), table, path)
    else if (value.kind === 'array') this.#readItems(node, value.items, table, path)
    else if (value.kind === 'unknown') this.#markUnknown(table, value.why, origin)
    else this.#refuse(wrongType(value, `struct ${table.row.struct}`), path, origin)
  }

  #readEntries(
    node: Node,
    entries: ReadonlyMap<string, Node>,
    table: TableNode,
    path: readonly string[],
  ): void {
    const missing: string[] = []
    const names = table.row.strict ? [...entries.keys()] : []
    for (const name of [...new Set([...table.children.keys(), ...names])].sort(compareBytes)) {
      const entry = entries.get(name)
      const child = table.children.get(name)
      const place = [...path, name]
      if (entry === undefined) {
        if (child?.kind === 'setting' && child.row.required) missing.push(name)
      } else if (child === undefined) this.#refuseKey(entry, table, place)
      else if (child.kind === 'table') this.readTable(entry, child, place)
      else this.#readSetting(entry, child.row, place)
    }
    // The server looks for missing keys when it has read all that are there.
    for (const name of missing) this.#refuse(`missing field \`${name}\``, path, node.origin)
  }

  #readItems(node: Node, items: readonly Node[], table: TableNode, path: readonly string[]): void {
    const children = [...table.children.values()]
    for (const [index, child] of children.entries()) {
      const item = items[index]
      const place = [...path, String(index)]
      if (item === undefined) {
        if (child.kind !== 'setting' || !child.row.required) continue
        const expected = `struct ${table.row.struct} with ${children.length} elements`
        this.#refuse(`invalid length ${index}, expected ${expected}`, path, node.origin)
      } else if (child.kind === 'table') this.readTable(item, child, place)
      else this.#readSetting(item, child.row, place)
    }
    for (const item of items.slice(children.length))
      this.surplus.push({ table: table.row.key, node: item })
  }

  #markUnknown(table: TableNode, why: string, origin: Origin): void {
    for (const child of table.children.values()) {
      if (child.kind === 'table') this.#markUnknown(child, why, origin)
      else this.values.set(child.row.key, { value: { unknown: why }, origin })
    }
  }

  #readSetting(node: Node, row: SettingRow, path: readonly string[]): void {
    const { value, origin } = node
    if (value.kind === 'unknown') {
      this.values.set(row.key, { value: { unknown: value.why }, origin })
      return
    }
    const typed = READERS[row.type](value)
    if (typed.ok) this.values.set(row.key, { value: typed.value, origin })
    else this.#refuse(typed.message, [...path, ...(typed.below ?? [])], typed.origin ?? origin)
  }

  #refuseKey(entry: Node, table: TableNode, path: readonly string[]): void {
    const names = [...table.children.keys()].map((name) => `\`${name}\``).join(', ')
    const message = `unknown setting; this section takes ${names}`
    const origin = entry.key ?? entry.origin
    this.refusals.push({ message, path, origin, unknownKey: true })
  }

  #refuse(message: string, path: readonly string[], origin: Origin): void {
    this.refusals.push({ message, path, origin })
  }
}

type Typed =
  | { readonly ok: true; readonly value: SettingValue }
  | {
      readonly ok: false
      readonly message: string
      /** The path below the key, where the trouble is deeper. */
      readonly below?: readonly string[]
      readonly origin?: Origin
    }

const READERS: Readonly<Record<SettingType, (value: Value) => Typed>> = {
  string: readText,
  bool: (value) =>
    value.kind === 'bool'
      ? { ok: true, value: value.value }
      : { ok: false, message: wrongType(value, 'a boolean') },
  u16: (value) => readInteger(value, 'u16'),
  u32: (value) => readInteger(value, 'u32'),
  u64: (value) => readInteger(value, 'u64'),
  usize: (value) => readInteger(value, 'usize'),
  i64: (value) => readInteger(value, 'i64'),
  strings: readTexts,
  mode: readMode,
}

function readText(value: Value): Typed {
  return value.kind === 'string' || value.kind === 'char'
    ? { ok: true, value: value.value }
    : { ok: false, message: wrongType(value, 'a string') }
}

function readInteger(value: Value, type: IntegerType): Typed {
  if (value.kind !== 'int' && value.kind !== 'uint')
    return { ok: false, message: wrongType(value, type) }
  const [min, max] = INTEGER_RANGES[type]
  if (value.value >= min && value.value <= max) return { ok: true, value: value.value }
  return { ok: false, message: `invalid value ${describeValue(value)}, expected ${type}` }
}

function readTexts(value: Value): Typed {
  if (value.kind !== 'array') return { ok: false, message: wrongType(value, 'a sequence') }
  const texts: string[] = []
  for (const [index, item] of value.items.entries()) {
    if (item.value.kind === 'unknown') return { ok: true, value: { unknown: item.value.why } }
    const text = readText(item.value)
    if (!text.ok) return { ...text, below: [String(index)], origin: item.origin }
    texts.push(String(text.value))
  }
  return { ok: true, value: texts }
}

const MODES = ['none', 'bearer', 'gcp']
const EXPECTED_MODES = 'expected `one of `none`, `bearer`, `gcp``'

/** An enum: a string names a variant; a table is read as one variant with content, which none of these has. */
function readMode(value: Value): Typed {
  switch (value.kind) {
    case 'string':
      return MODES.includes(value.value)
        ? { ok: true, value: value.value }
        : { ok: false, message: `unknown variant: found \`${value.value}\`, ${EXPECTED_MODES}` }
    case 'datetime':
      return refuseVariant('$__toml_private_datetime')
    case 'table':
      return readVariant(value.entries)
    default:
      return { ok: false, message: wrongType(value, 'enum HttpPushAuthMode') }
  }
}

function readVariant(entries: ReadonlyMap<string, Node>): Typed {
  const name = [...entries.keys()].sort(compareBytes)[0]
  const node = name === undefined ? undefined : entries.get(name)
  if (name === undefined || node === undefined)
    return { ok: false, message: 'invalid type: found map, expected enum' }
  if (!MODES.includes(name)) return { ...refuseVariant(name), origin: node.origin }
  const message = wrongType(node.value, 'unit')
  return { ok: false, message, below: [name], origin: node.origin }
}

function refuseVariant(name: string): Typed & { ok: false } {
  const message = `unknown variant: found \`${name}\`, ${EXPECTED_MODES}`
  return { ok: false, message, below: [name] }
}

/** The order of Rust's strings: by bytes of UTF-8, which is by code point. */
function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

function wrongType(value: Value, expected: string): string {
  return `invalid type: found ${describeValue(value)}, expected ${expected}`
}

/** A value as figment's messages show it (src/error.rs, `Actual`). */
function describeValue(value: Value): string {
  switch (value.kind) {
    case 'string':
    case 'char':
      return `string ${debugText(value.value)}`
    case 'bool':
      return `bool ${value.value}`
    case 'uint':
      return `unsigned int \`${value.value}\``
    case 'int':
      return `signed int \`${value.value}\``
    case 'float':
      return `float \`${displayFloat(value.value)}\``
    case 'array':
      return 'sequence'
    case 'table':
    case 'datetime':
      return 'map'
    case 'unknown':
      return 'unknown'
  }
}
