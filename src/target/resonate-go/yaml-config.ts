import type { Origin, Span } from '../../config/setting.ts'
import { parseYaml, type YamlNode, type YamlScalar } from '../../config/yaml.ts'
import { resolvePlain } from '../../config/yaml-scalar.ts'
import type { FormatRead } from './config-format.ts'
import { formatFloat } from './go-number.ts'
import { lowerGo } from './go-text.ts'
import type { Held, HeldValue } from './held.ts'
import { describeYamlFailure } from './yaml-failure.ts'
import { readFirstDocument } from './yaml-grammar.ts'
import { decodeYamlText } from './yaml-text.ts'

/** go.yaml.in/yaml v3.0.4 into a map[string]any: the first document alone counts. */
export function holdYaml(bytes: Uint8Array, file: string): FormatRead {
  const decoded = decodeYamlText(bytes)
  if (!decoded.ok)
    return { kind: 'refused', text: decoded.text, message: `yaml: ${decoded.message}` }
  const { text } = decoded
  const found = readFirstDocument(text)
  if (!found.ok) {
    const start = unitsOf(text, found.index)
    return { kind: 'refused', text, message: `yaml: ${found.message}`, span: { start, end: start } }
  }
  const document = text.slice(0, unitsOf(text, found.end))
  const read = parseYaml(document)
  if (!read.ok && read.limit) return { kind: 'unknown', text, decides: read.message }
  const failure = describeYamlFailure(document)
  if (failure !== undefined) return { kind: 'refused', text, ...failure }
  if (!read.ok)
    return { kind: 'refused', text, message: `yaml: ${wordRefusal(read.message)}`, span: read.span }
  const root = read.documents[0]
  const place = { text, file }
  const entries = root?.kind === 'map' ? topEntries(root, place) : new Map<string, Held>()
  return { kind: 'read', text, entries }
}

interface Place {
  readonly text: string
  readonly file: string
}

type MapNode = YamlNode & { readonly kind: 'map' }

/** The keys of the outermost map stay text as they are written. */
function topEntries(node: MapNode, place: Place): ReadonlyMap<string, Held> {
  return entriesOf(node, place, (name) => name)
}

function entriesOf(
  node: MapNode,
  place: Place,
  nameOf: (name: string, key: Span) => string,
): ReadonlyMap<string, Held> {
  return new Map(
    [...node.pairs].map(([name, { key, value }]) => {
      const held = hold(value, place)
      const origin: Origin = { kind: 'file', file: place.file, span: key }
      return [lowerGo(nameOf(name, key)), { ...held, key: origin }] as const
    }),
  )
}

/** Deeper keys are typed like values and made text again (cast.ToStringMap): `0x10` is 16, `~` is empty. */
function typedName(name: string, key: Span, { text }: Place): string {
  if (/^["'|>]/.test(text.slice(key.start, key.start + 1))) return name
  const value = resolvePlain(name)
  if (value === undefined) return ''
  return typeof value === 'number' ? formatFloat(value) : String(value)
}

function hold(node: YamlNode, place: Place): Held {
  const origin = { kind: 'file', file: place.file, span: node.span } as const
  return { ...holdValue(node, place), origin }
}

function holdValue(node: YamlNode, place: Place): HeldValue {
  switch (node.kind) {
    case 'scalar':
      return holdScalar(node)
    case 'list': {
      const items = node.items.map((item) => hold(item, place))
      return { kind: 'list', type: '[]interface {}', items }
    }
    case 'map':
      return {
        kind: 'map',
        entries: entriesOf(node, place, (name, key) => typedName(name, key, place)),
      }
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
        ? { kind: 'time', type: 'time.Time' }
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

/** What this tool's own reader refuses besides, in yaml v3's words where it has some. */
function wordRefusal(message: string): string {
  return message.startsWith('"<<" merges')
    ? 'map merge requires map or sequence of maps as the value'
    : message
}

/** The UTF-16 offset of a character; a byte order mark in front is none of them. */
function unitsOf(text: string, characters: number): number {
  const start = text.startsWith('\ufeff') ? 1 : 0
  let at = start
  for (let count = 0; count < characters && at < text.length; count++)
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return at
}

/** Where the first document of `text` ends, which is all that is read of it. */
export function endOfFirstDocument(text: string): number {
  const found = readFirstDocument(text)
  return found.ok ? unitsOf(text, found.end) : text.length
}
