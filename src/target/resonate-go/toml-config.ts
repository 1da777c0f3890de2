import type { Node } from '../../config/setting.ts'
import { parseToml } from '../../config/toml.ts'
import type { FormatRead } from './config-format.ts'
import { decodeUtf8 } from './go-text.ts'
import { type Held, type HeldValue, lowerNames, type TimeType } from './held.ts'

/** go-toml v2.2.4 into a map[string]any. Its error texts are its own; what is refused is TOML 1.0's. */
export function holdToml(bytes: Uint8Array, file: string): FormatRead {
  const text = decodeUtf8(bytes)
  const read = parseToml(text, file)
  if (!read.ok) {
    const message = `toml: ${read.message.split('\n')[0] ?? ''}`
    return { kind: 'refused', text, message, span: { start: read.at, end: read.at } }
  }
  return { kind: 'read', text, entries: entriesOf(read.root) }
}

function entriesOf({ value }: Node): ReadonlyMap<string, Held> {
  if (value.kind !== 'table') return new Map()
  return lowerNames([...value.entries].map(([name, node]) => [name, hold(node)] as const))
}

function hold(node: Node): Held {
  const { origin, key } = node
  return { ...holdValue(node), origin, ...(key !== undefined && { key }) }
}

function holdValue(node: Node): HeldValue {
  const { value } = node
  switch (value.kind) {
    case 'string':
    case 'char':
      return { kind: 'string', value: value.value }
    case 'bool':
      return { kind: 'bool', value: value.value }
    case 'uint':
    case 'int':
      return { kind: 'int', value: value.value, type: 'int64' }
    case 'float':
      return { kind: 'float', value: value.value }
    case 'datetime':
      return { kind: 'time', type: timeType(value.value) }
    case 'array':
      return { kind: 'list', type: '[]interface {}', items: value.items.map(hold) }
    case 'table':
      return { kind: 'map', entries: entriesOf(node) }
    case 'unknown':
      return { kind: 'unknown', why: value.why }
  }
}

/** go-toml makes a time.Time only of what has an offset. */
function timeType(text: string): TimeType {
  if (/(?:[Zz]|[+-]\d\d:\d\d)$/.test(text) && text.length > 10) return 'time.Time'
  if (!text.includes(':')) return 'toml.LocalDate'
  return text.length > 10 && text.charAt(4) === '-' ? 'toml.LocalDateTime' : 'toml.LocalTime'
}
