import type { Value } from '../config/setting.ts'
import { parseToml } from '../config/toml.ts'

/** The document in `text` as plain data. Throws SyntaxError. */
export function tomlValue(text: string): unknown {
  const read = parseToml(text, 'settings')
  if (!read.ok) {
    const line = text.slice(0, read.at).split('\n').length
    throw new SyntaxError(`line ${line}: ${read.message === '' ? 'not TOML' : read.message}`)
  }
  return plainValue(read.root.value)
}

function plainValue(value: Value): unknown {
  switch (value.kind) {
    case 'string':
    case 'char':
    case 'bool':
    case 'float':
    case 'datetime':
      return value.value
    case 'uint':
    case 'int':
      return Number(value.value)
    case 'unknown':
      return undefined
    case 'array':
      return value.items.map((item) => plainValue(item.value))
    case 'table':
      // Own members only: a key called __proto__ must not set a prototype.
      return Object.fromEntries(
        [...value.entries].map(([name, node]) => [name, plainValue(node.value)] as const),
      )
  }
}
