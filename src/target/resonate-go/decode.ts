import { parseGoDuration, quoteTime } from './go-duration.ts'
import { type Held, type HeldValue, kindOf, typeOf } from './held.ts'
import { parseInt64 } from './json-decode.ts'
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

/** strconv.FormatFloat(value, 'f', -1, 64): the shortest digits, never an exponent. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const [digits = '', exponent] = String(value).split('e')
  if (exponent === undefined) return digits
  const negative = digits.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.')
  const point = whole.length + Number(exponent)
  const all = whole + fraction
  if (point <= 0) return `${negative}0.${'0'.repeat(-point)}${all}`
  if (point >= all.length) return negative + all.padEnd(point, '0')
  return `${negative}${all.slice(0, point)}.${all.slice(point)}`
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

const TRUE: readonly string[] = ['1', 't', 'T', 'TRUE', 'true', 'True']
const FALSE: readonly string[] = ['0', 'f', 'F', 'FALSE', 'false', 'False']

/** strconv.ParseBool; undefined where it is an error. */
export function parseBool(text: string): boolean | undefined {
  if (TRUE.includes(text)) return true
  return FALSE.includes(text) ? false : undefined
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

function floatToInt(value: number): bigint {
  const whole = Math.trunc(value)
  const fits = whole >= -(2 ** 63) && whole < 2 ** 63
  return fits ? BigInt(whole) : -(2n ** 63n)
}

const BASES: readonly (readonly [RegExp, string, string])[] = [
  [/^0[xX]_?([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)$/, '0x', 'x'],
  [/^0[bB]_?([01]+(?:_[01]+)*)$/, '0b', 'b'],
  [/^0[oO]_?([0-7]+(?:_[0-7]+)*)$/, '0o', 'o'],
  [/^0_?([0-7]+(?:_[0-7]+)*)$/, '0o', '0'],
  [/^(\d+(?:_\d+)*)$/, '', ''],
]

/** strconv.ParseInt in base 0 for 64 bits; a text is Go's complaint. */
export function parseGoInteger(text: string): bigint | 'invalid syntax' | 'value out of range' {
  const sign = /^[+-]/.exec(text)?.[0] ?? ''
  const body = text.slice(sign.length)
  for (const [pattern, prefix] of BASES) {
    const digits = pattern
      .exec(body)?.[1]
      ?.replaceAll('_', '')
      .replace(/^0+(?=.)/, '')
    if (digits === undefined) continue
    if (digits.length > 64) return 'value out of range'
    const value = BigInt(prefix + digits) * (sign === '-' ? -1n : 1n)
    return BigInt.asIntN(64, value) === value ? value : 'value out of range'
  }
  return 'invalid syntax'
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

/** viper's GetBool: cast.ToBool, where everything that is no boolean is false. */
export function castBool(held: Held | undefined): boolean | { readonly unknown: string } {
  switch (held?.kind) {
    case 'bool':
      return held.value
    case 'int':
      return held.value !== 0n
    case 'float':
      return held.value !== 0
    case 'string':
      return parseBool(held.value) ?? false
    case 'unknown':
      return { unknown: held.why }
    default:
      return false
  }
}

/** cast.ToInt of a flag's text, which the flag has made sure is a number. */
export function castInt(text: string): bigint {
  return parseInt64(text) ?? 0n
}
