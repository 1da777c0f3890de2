import type { Origin, Span } from '../../config/setting.ts'
import type { FormatRead } from './config-format.ts'
import { decodeUtf8 } from './go-text.ts'
import { type Held, lowerNames } from './held.ts'
import { type JsonNode, sourceOf, stringOf } from './json.ts'
import { readJsonMap } from './json-decode.ts'

/** Deeper files are not read by this tool. */
const MAX_DEPTH = 100

/** encoding/json into a map[string]any: numbers are float64, the last of a repeated name counts. */
export function holdJson(bytes: Uint8Array, file: string): FormatRead {
  const text = decodeUtf8(bytes)
  const read = readJsonMap(bytes)
  if (!read.ok) return { kind: 'refused', text, message: read.message }
  const { node } = read
  if (isDeeper(node, MAX_DEPTH))
    return { kind: 'unknown', text, decides: `nested more than ${MAX_DEPTH} levels deep` }
  const place = placesIn(bytes, file)
  return { kind: 'read', text, entries: entriesOf(bytes, node, place) }
}

function isDeeper(node: JsonNode, levels: number): boolean {
  let level: readonly JsonNode[] = [node]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true
    level = level.flatMap((one) => [...one.items, ...one.members.map(({ value }) => value)])
  }
  return false
}

type Place = (node: JsonNode) => Origin

/** Byte offsets made places in the decoded text. */
function placesIn(bytes: Uint8Array, file: string): Place {
  const ascii = bytes.every((code) => code < 0x80)
  const offset = (at: number): number => (ascii ? at : decodeUtf8(bytes.subarray(0, at)).length)
  return ({ start, end }) => {
    const span: Span = { start: offset(start), end: offset(end) }
    return { kind: 'file', file, span }
  }
}

function entriesOf(bytes: Uint8Array, node: JsonNode, place: Place): ReadonlyMap<string, Held> {
  return lowerNames(
    node.members.map(({ name, value }) => [name, hold(bytes, value, place)] as const),
  )
}

function hold(bytes: Uint8Array, node: JsonNode, place: Place): Held {
  const origin = place(node)
  switch (node.kind) {
    case 'null':
      return { kind: 'nil', origin }
    case 'bool':
      return { kind: 'bool', value: sourceOf(bytes, node) === 'true', origin }
    case 'number':
      return { kind: 'float', value: Number(sourceOf(bytes, node)), origin }
    case 'string':
      return { kind: 'string', value: stringOf(bytes, node), origin }
    case 'array': {
      const items = node.items.map((item) => hold(bytes, item, place))
      return { kind: 'list', type: '[]interface {}', items, origin }
    }
    case 'object':
      return { kind: 'map', entries: entriesOf(bytes, node, place), origin }
  }
}
