import type { Node, Value } from '../../config/setting.ts'
import { DEEPEST, type Layers, schemaAt } from './layers.ts'
import { debugText, displayFloat } from './rust-text.ts'
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

function secretTexts(node: Node, schema: SchemaNode | undefined): readonly string[] {
  if (schema === undefined) return []
  if (schema.kind === 'setting') return schema.row.secret ? textsOf(node.value) : []
  const { value } = node
  const children = [...schema.children]
  if (value.kind === 'table')
    return children.flatMap(([name, child]) => {
      const entry = value.entries.get(name)
      return entry === undefined ? [] : secretTexts(entry, child)
    })
  if (value.kind === 'array')
    return children.flatMap(([, child], index) => {
      const item = value.items[index]
      return item === undefined ? [] : secretTexts(item, child)
    })
  return []
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
