import type { Start } from '../../config/configuration.ts'
import type { Node, Value } from '../../config/setting.ts'
import { debugText } from '../../token/rust-debug.ts'
import { DEEPEST, type Layers, schemaAt } from './layers.ts'
import { displayFloat } from './rust-text.ts'
import type { SchemaNode, TableNode } from './schema.ts'

/** Names of variables, keys and lines behind which a secret may stand, known to the server or not. */
const SECRET_NAME = /token|secret|password|passwd|credential|api_?key|private|\burl\b|_url|bearer/i

/**
 * The parts of the server's `message` that must not be shown: values of secret keys from any layer, whatever their
 * type, and what a syntax error or a panic repeats of a line or variable that may hold one.
 */
export function secretsIn(message: string, root: TableNode, layers: Layers): readonly string[] {
  const values = [
    ...layers.assignments.flatMap(({ name, path, node }) =>
      SECRET_NAME.test(name) && schemaAt(root, path)?.kind !== 'table'
        ? textsOf(node.value)
        : secretTexts(node, schemaAt(root, path)),
    ),
    ...(layers.file === undefined ? [] : secretTexts(layers.file, root)),
    ...layers.uses.filter(({ row }) => row.secret).map(({ value }) => String(value)),
  ]
  const shown = [...values, ...echoes(message)].filter(
    (secret) => secret !== '' && message.includes(secret),
  )
  // The longest first, so that no rest of one stays behind another.
  return [...new Set(shown)].sort((left, right) => right.length - left.length)
}

/** The start with the secrets that its message repeats. */
export function withSecrets(start: Start, root: TableNode, layers: Layers): Start {
  if (start.starts !== false) return start
  return { ...start, secrets: secretsIn(start.message, root, layers) }
}

/** A table with a secret key that is written as something else: everything in it may be the secret. */
function isMisplaced({ value }: Node, schema: SchemaNode): boolean {
  return schema.kind === 'table' && value.kind !== 'table' && keysBelow(schema, true).length > 0
}

function secretTexts(node: Node, schema: SchemaNode | undefined): readonly string[] {
  if (schema === undefined) return []
  if (isMisplaced(node, schema)) return textsOf(node.value)
  if (schema.kind === 'setting') return schema.row.secret ? textsOf(node.value) : []
  const { value } = node
  if (value.kind !== 'table') return []
  return [...schema.children].flatMap(([name, child]) => {
    const entry = value.entries.get(name)
    return entry === undefined ? [] : secretTexts(entry, child)
  })
}

function keysBelow(schema: SchemaNode, secretOnly: boolean): readonly string[] {
  if (schema.kind === 'table')
    return [...schema.children.values()].flatMap((child) => keysBelow(child, secretOnly))
  return secretOnly && !schema.row.secret ? [] : [schema.row.key]
}

/** The keys whose values must not be shown; all of a table's where it is written as something else than a table. */
export function secretKeys(root: TableNode, { file, assignments }: Layers): ReadonlySet<string> {
  const keys = new Set(keysBelow(root, true))
  const visit = (node: Node, schema: SchemaNode | undefined): void => {
    if (schema === undefined || schema.kind === 'setting') return
    if (isMisplaced(node, schema)) for (const key of keysBelow(schema, false)) keys.add(key)
    if (node.value.kind !== 'table') return
    for (const [name, child] of schema.children) {
      const entry = node.value.entries.get(name)
      if (entry !== undefined) visit(entry, child)
    }
  }
  if (file !== undefined) visit(file, root)
  for (const { path, node } of assignments) visit(node, schemaAt(root, path))
  return keys
}

/** A value in the forms in which messages repeat it. */
function textsOf(value: Value, depth = 0): readonly string[] {
  if (depth > DEEPEST) return []
  switch (value.kind) {
    case 'string':
    case 'char':
      return [value.value, debugText(value.value).slice(1, -1)]
    case 'uint':
    case 'int':
      return [String(value.value)]
    case 'float':
      return [displayFloat(value.value)]
    case 'array':
      return value.items.flatMap((item) => textsOf(item.value, depth + 1))
    case 'table':
      return [...value.entries].flatMap(([key, node]) => [key, ...textsOf(node.value, depth + 1)])
    case 'bool':
    case 'datetime':
    case 'unknown':
      return []
  }
}

/** The values that a TOML report or a panic repeats, where a secret may be among them. */
function echoes(message: string): readonly string[] {
  const panicked = /is not a char boundary; .*? of `([\s\S]*)`(?:\[\.{3}\])?\nnote: /.exec(
    message,
  )?.[1]
  if (panicked !== undefined) return [panicked]
  const line = /^\d+ \| (.*)$/m.exec(message)?.[1]
  if (line === undefined) return []
  const [, key, value] = /^([^=]*)=\s*(.*?)\s*$/.exec(line) ?? []
  // A line without a key may be the middle of a text.
  if (key === undefined || value === undefined) return /^\s*[[#]/.test(line) ? [] : [line.trim()]
  return SECRET_NAME.test(line) ? [value] : []
}
