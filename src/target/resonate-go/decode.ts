import type { DecodeNode } from './config-struct.ts'
import { parseGoDuration, quoteTime } from './go-duration.ts'
import { floatToInt, formatFloat, parseBool, parseGoInteger } from './go-number.ts'
import { type Held, type HeldValue, kindOf, type TimeType, typeOf } from './held.ts'
import type { SettingType } from './settings.ts'

export type Decoded =
  | string
  | bigint
  | boolean
  | readonly string[]
  | ReadonlyMap<string, string>
  | { readonly unknown: string }

/** What came out: the values by key, and what could not be decoded, in the words of mapstructure v2.4.0. */
export interface Decoding {
  readonly values: Map<string, Decoded>
  readonly faults: Fault[]
}

export interface Fault {
  readonly message: string
  readonly culprit: Held
}

/** Decodes `held` into `node`; `weak` = mapstructure's WeaklyTypedInput. */
export function decodeInto(
  node: DecodeNode,
  held: Held,
  name: string,
  weak: boolean,
  into: Decoding,
): void {
  if (held.kind === 'nil') return
  if (node.kind === 'leaf') {
    const value = decodeLeaf(node.type, held, name, weak, into)
    if (value !== undefined) into.values.set(node.key, value)
    return
  }
  // A time is a struct to Go, one without a field that anybody asks for.
  if (held.kind === 'time') return
  if (held.kind !== 'map') {
    fault(into, held, name, `expected a map or struct, got "${kindOf(held)}"`)
    return
  }
  for (const field of node.fields) {
    const child = held.entries.get(field.name.toLowerCase())
    const path = name === '' ? field.name : `${name}.${field.name}`
    if (child !== undefined) decodeInto(field.node, child, path, weak, into)
  }
}

function fault(into: Decoding, culprit: Held, name: string, message: string): undefined {
  into.faults.push({ culprit, message: `'${name}' ${message}` })
  return undefined
}

const GO_TYPES = {
  string: 'string',
  bool: 'bool',
  int: 'int',
  duration: 'time.Duration',
  strings: '[]string',
  map: 'map[string]string',
} as const satisfies Record<SettingType, string>

function unconvertible(into: Decoding, held: Held, name: string, type: SettingType): undefined {
  return fault(
    into,
    held,
    name,
    `expected type '${GO_TYPES[type]}', got unconvertible type '${typeOf(held)}'`,
  )
}

function decodeLeaf(
  type: SettingType,
  held: Held,
  name: string,
  weak: boolean,
  into: Decoding,
): Decoded | undefined {
  if (held.kind === 'unknown' && type !== 'map') return { unknown: held.why }
  switch (type) {
    case 'string':
      return decodeString(held, name, weak, into)
    case 'bool':
      return decodeBool(held, name, weak, into)
    case 'int':
      return decodeInt(held, name, weak, into)
    case 'duration':
      return decodeDuration(held, name, weak, into)
    case 'strings':
      return decodeStrings(held, name, weak, into)
    case 'map':
      return decodeMap(held, name, weak, into)
  }
}

function weakText(held: HeldValue): string | undefined {
  switch (held.kind) {
    case 'bool':
      return held.value ? '1' : '0'
    case 'int':
      return String(held.value)
    case 'float':
      return formatFloat(held.value)
    default:
      return undefined
  }
}

function decodeString(
  held: Held,
  name: string,
  weak: boolean,
  into: Decoding,
): string | { readonly unknown: string } | undefined {
  if (held.kind === 'string') return held.value
  if (held.kind === 'unknown') return { unknown: held.why }
  const text = weak ? weakText(held) : undefined
  return text ?? unconvertible(into, held, name, 'string')
}

function decodeBool(held: Held, name: string, weak: boolean, into: Decoding): boolean | undefined {
  if (held.kind === 'bool') return held.value
  if (weak && held.kind === 'int') return held.value !== 0n
  if (weak && held.kind === 'float') return held.value !== 0
  if (!weak || held.kind !== 'string') return unconvertible(into, held, name, 'bool')
  const value = held.value === '' ? false : parseBool(held.value)
  return (
    value ??
    fault(into, held, name, "cannot parse value as 'bool': strconv.ParseBool: invalid syntax")
  )
}

function decodeInt(held: Held, name: string, weak: boolean, into: Decoding): bigint | undefined {
  return decodeInteger(held, name, weak, 'int', into)
}

function decodeInteger(
  held: Held,
  name: string,
  weak: boolean,
  type: 'int' | 'duration',
  into: Decoding,
): bigint | undefined {
  if (held.kind === 'int') return BigInt.asIntN(64, held.value)
  if (held.kind === 'float') return floatToInt(held.value)
  if (weak && held.kind === 'bool') return held.value ? 1n : 0n
  if (!weak || held.kind !== 'string') return unconvertible(into, held, name, type)
  const value = held.value === '' ? 0n : parseGoInteger(held.value)
  if (typeof value === 'bigint') return value
  return fault(into, held, name, `cannot parse value as 'int': strconv.ParseInt: ${value}`)
}

function decodeDuration(
  held: Held,
  name: string,
  weak: boolean,
  into: Decoding,
): bigint | undefined {
  if (held.kind !== 'string') return decodeInteger(held, name, weak, 'duration', into)
  const read = parseGoDuration(held.value)
  if (read.ok) return read.nanoseconds
  // mapstructure cuts the message at its last blank, and one with an unknown unit before that.
  const whole = `${read.message} ${quoteTime(held.value)}`
  const cut = whole.startsWith('time: unknown unit') ? 18 : whole.lastIndexOf(' ')
  return fault(into, held, name, whole.slice(0, cut))
}

function decodeStrings(
  held: Held,
  name: string,
  weak: boolean,
  into: Decoding,
): readonly string[] | { readonly unknown: string } | undefined {
  if (held.kind === 'string') return held.value === '' ? [] : held.value.split(',')
  const items = held.kind === 'list' ? held.items : [held]
  if (held.kind !== 'list') {
    if (!weak) return fault(into, held, name, sourceData(held))
    if (held.kind === 'map' && held.entries.size === 0) return []
  }
  const texts = items.map((item, index) =>
    item.kind === 'nil' ? '' : decodeString(item, `${name}[${index}]`, weak, into),
  )
  const unknown = texts.find((text) => typeof text === 'object')
  if (unknown !== undefined) return unknown
  return texts.map((text) => (typeof text === 'string' ? text : ''))
}

function sourceData(held: Held): string {
  return `source data must be an array or slice, got ${kindOf(held)}`
}

function decodeMap(
  held: Held,
  name: string,
  weak: boolean,
  into: Decoding,
): ReadonlyMap<string, string> | { readonly unknown: string } | undefined {
  if (held.kind === 'map') {
    const values = new Map<string, string>()
    for (const [key, item] of held.entries) {
      const text = item.kind === 'nil' ? '' : decodeString(item, `${name}[${key}]`, weak, into)
      if (typeof text === 'object') return text
      if (text !== undefined) values.set(key, text)
    }
    return values
  }
  if (held.kind === 'time') return decodeTime(held, held.type, name, into)
  if (held.kind !== 'list' || !weak) return unconvertible(into, held, name, 'map')
  const values = new Map<string, string>()
  for (const [index, item] of held.items.entries()) {
    if (item.kind === 'nil') continue
    const part = decodeMap(item, `${name}[${index}]`, weak, into)
    if (part === undefined) return undefined
    if (!(part instanceof Map)) return part
    for (const [key, text] of part) values.set(key, text)
  }
  return values
}

/** The first field of a time that others can see; the struct of Go's own time has none. */
const FIRST_FIELDS: Readonly<Partial<Record<TimeType, readonly [name: string, type: string]>>> = {
  'toml.LocalDate': ['Year', 'int'],
  'toml.LocalTime': ['Hour', 'int'],
  'toml.LocalDateTime': ['LocalDate', 'toml.LocalDate'],
}

/** A time is a struct: its fields become the entries of the map (mapstructure v2.4.0, decodeMapFromStruct). */
function decodeTime(
  held: Held,
  type: TimeType,
  name: string,
  into: Decoding,
): ReadonlyMap<string, string> | undefined {
  const field = FIRST_FIELDS[type]
  if (field === undefined) return new Map()
  const message = `cannot assign type "${field[1]}" to map value field of type "string"`
  return fault(into, held, `${name}.${field[0]}`, message)
}
