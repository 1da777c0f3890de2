import { resolvePlain, type YamlValue } from '../../config/yaml-scalar.ts'
import type { YamlNode, YamlScalar } from './yaml-node.ts'

/** A scalar as yaml v3 types it: its short tag and what it is; `time` = a date or a time. */
export interface Resolved {
  readonly tag: string
  readonly value: YamlValue | { readonly time: string }
}

/** The tags that yaml v3 (resolve.go, resolvableTag) types a scalar by; the text of any other is left as it is. */
const RESOLVABLE: readonly string[] = ['str', 'bool', 'int', 'float', 'null', 'timestamp'].map(
  (name) => `!!${name}`,
)

/** The short tag of a node, which a scalar without one has by its text (yaml.go, ShortTag). */
export function shortTag(node: YamlNode): string {
  switch (node.kind) {
    case 'alias':
      return shortTag(node.target)
    case 'scalar':
      return node.tag ?? defaultTag(node)
    case 'list':
    case 'map':
      return node.tag ?? (node.kind === 'list' ? '!!seq' : '!!map')
  }
}

function defaultTag({ value, style }: YamlScalar): string {
  if (style === 'marked') return '!!str'
  return value === '<<' ? '!!merge' : typeText(value, true).tag
}

/** What a scalar is (resolve.go, resolve); text where its tag is none for it, which is yaml v3's complaint. */
export function resolveScalar(node: YamlScalar): Resolved | string {
  const tag = shortTag(node)
  const { value: text } = node
  if (!RESOLVABLE.includes(tag) || tag === '!!str') return { tag, value: text }
  const found = typeText(text, tag === '!!timestamp')
  if (found.tag === tag) return found
  const { value } = found
  if (tag === '!!float' && typeof value === 'bigint' && value < 2n ** 63n)
    return { tag, value: Number(value) }
  return `cannot decode ${found.tag} \`${text}\` as a ${tag}`
}

function typeText(text: string, times: boolean): Resolved {
  if (times && isTimestamp(text)) return { tag: '!!timestamp', value: { time: text } }
  const value = resolvePlain(text)
  if (typeof value === 'string') return { tag: '!!str', value }
  if (typeof value === 'boolean') return { tag: '!!bool', value }
  if (typeof value === 'bigint') return { tag: '!!int', value }
  return { tag: value === undefined ? '!!null' : '!!float', value }
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
