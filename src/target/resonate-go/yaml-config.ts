import { parseYaml, type YamlNode, type YamlScalar } from '../../config/yaml.ts'
import type { FormatRead } from './config-format.ts'
import { lowerGo } from './go-text.ts'
import type { Held, HeldValue } from './held.ts'
import { describeYamlFailure, firstDocument } from './yaml-failure.ts'
import { decodeYamlText } from './yaml-text.ts'

/** go.yaml.in/yaml v3.0.4 into a map[string]any: the first document alone counts. */
export function holdYaml(bytes: Uint8Array, file: string): FormatRead {
  const decoded = decodeYamlText(bytes)
  if (!decoded.ok)
    return { kind: 'refused', text: decoded.text, message: `yaml: ${decoded.message}` }
  const { text } = decoded
  const document = firstDocument(text)
  const read = parseYaml(document)
  if (!read.ok && read.limit) return { kind: 'unknown', text, decides: read.message }
  const failure = describeYamlFailure(document)
  if (failure !== undefined) return { kind: 'refused', text, ...failure }
  if (!read.ok) return { kind: 'refused', text, message: `yaml: ${read.message}`, span: read.span }
  const root = read.documents[0]
  const entries = root?.kind === 'map' ? entriesOf(root, file) : new Map<string, Held>()
  return { kind: 'read', text, entries }
}

function entriesOf(
  node: YamlNode & { readonly kind: 'map' },
  file: string,
): ReadonlyMap<string, Held> {
  return new Map(
    [...node.pairs].map(([name, { key, value }]) => {
      const held = hold(value, file)
      return [lowerGo(name), { ...held, key: { kind: 'file', file, span: key } }] as const
    }),
  )
}

function hold(node: YamlNode, file: string): Held {
  const origin = { kind: 'file', file, span: node.span } as const
  return { ...holdValue(node, file), origin }
}

function holdValue(node: YamlNode, file: string): HeldValue {
  switch (node.kind) {
    case 'scalar':
      return holdScalar(node)
    case 'list': {
      const items = node.items.map((item) => hold(item, file))
      return { kind: 'list', type: '[]interface {}', items }
    }
    case 'map':
      return { kind: 'map', entries: entriesOf(node, file) }
  }
}

function holdScalar({ value, style, tag }: YamlScalar): HeldValue {
  switch (typeof value) {
    case 'undefined':
      return { kind: 'nil' }
    case 'boolean':
      return { kind: 'bool', value }
    case 'number':
      return { kind: 'float', value }
    case 'bigint':
      return { kind: 'int', value, type: value < 2n ** 63n ? 'int' : 'uint64' }
    case 'string':
      return style === 'plain' && tag === undefined && isTimestamp(value)
        ? { kind: 'time' }
        : { kind: 'string', value }
    default:
      return { kind: 'string', value: '' }
  }
}

const DATE =
  /^\d{4}-(\d{1,2})-(\d{1,2})(?:(?:[Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(.*))?$/

/** A date or a time in the forms that yaml v3 makes a time of (resolve.go, parseTimestamp). */
function isTimestamp(text: string): boolean {
  const match = DATE.exec(text)
  if (match === null) return false
  const [, month, day, hour = '0', minute = '0', second = '0', zone] = match
  const inRange =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysIn(Number(text.slice(0, 4)), Number(month)) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60
  if (zone === undefined || !inRange) return inRange
  return text.includes(' ') ? zone === '' : /^(?:Z|[+-]\d\d:\d\d)$/.test(zone)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
