import type { YamlList, YamlMap, YamlNode, YamlScalar } from '../config/yaml.ts'
import { parseYaml } from '../config/yaml.ts'
import type { YamlValue } from '../config/yaml-scalar.ts'
import type { Passage, Place } from './passage.ts'
import { passageWithin, unknownPassage } from './passage.ts'
import { errorAt, type SourceText } from './source-text.ts'
import { scalarPassage } from './yaml-passage.ts'

/** The documents of a YAML file. Throws AuthError naming the place where it is no YAML or too much of it. */
export function readYaml(source: SourceText): readonly YamlNode[] {
  const read = parseYaml(source.text)
  if (read.ok) return read.documents
  const code = read.limit ? 'ERR_INPUT_LIMIT' : 'ERR_INPUT_FORM'
  const template = source.text.includes('{{')
  const hints = template ? ['a template must be rendered first, e.g. with "helm template"'] : []
  throw errorAt(source, read.span.start, read.message, { code, hints })
}

/** The value of a key in a mapping; undefined where the node is no mapping, has no such key, or holds null there. */
export function member(node: YamlNode | undefined, key: string): YamlNode | undefined {
  const value = node?.kind === 'map' ? node.pairs.get(key)?.value : undefined
  return value?.kind === 'scalar' && value.value === undefined ? undefined : value
}

/** The value under a path of keys. */
export function memberAt(node: YamlNode | undefined, ...path: string[]): YamlNode | undefined {
  return path.reduce(member, node)
}

/** The node as a mapping, undefined for no node. Throws AuthError for anything else. */
export function asMap(
  source: SourceText,
  node: YamlNode | undefined,
  what: string,
): YamlMap | undefined {
  if (node === undefined || node.kind === 'map') return node
  throw errorAt(source, node.span.start, `${what} is not a mapping`)
}

/** The items of a list, none for no node. Throws AuthError for anything else. */
export function asItems(
  source: SourceText,
  node: YamlNode | undefined,
  what: string,
): YamlList['items'] {
  if (node === undefined) return []
  if (node.kind === 'list') return node.items
  throw errorAt(source, node.span.start, `${what} is not a list`)
}

/** The node as a scalar, undefined for no node. Throws AuthError for anything else. */
export function asScalar(
  source: SourceText,
  node: YamlNode | undefined,
  what: string,
): YamlScalar | undefined {
  if (node === undefined || node.kind === 'scalar') return node
  throw errorAt(source, node.span.start, `${what} is a list or a mapping where a value belongs`)
}

/** The scalar's text, for names and other words that are looked up; undefined for no node and for other nodes. */
export function wordOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text : undefined
}

/** Where a node stands. */
export function placeOf({ file }: SourceText, node: YamlNode): Place {
  return { file, span: node.span }
}

// The forms of go-yaml's allowedTimestampFormats (resolve.go).
const DATE =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})?)?$/

/**
 * The scalar with the place of each unit; a number or a boolean is written as Go writes it (fmt, `%v`), and a date,
 * which Go rewrites at length, is not known.
 */
export function passageOf(source: SourceText, scalar: YamlScalar): Passage {
  const place = placeOf(source, scalar)
  if (scalar.style === 'plain' && scalar.tag === undefined && DATE.test(scalar.text))
    return unknownPassage(
      place,
      'YAML reads a date here and compose writes it another way: quote it',
    )
  const text = scalar.text === '-0' ? '-0' : goText(scalar.value)
  return text === scalar.text
    ? scalarPassage(source.file, source.text, scalar)
    : passageWithin(place, text)
}

function goText(value: YamlValue): string {
  if (typeof value !== 'number') return value === undefined ? '' : String(value)
  const magnitude = Math.abs(value)
  const plain = value === 0 || (magnitude >= 1e-4 && magnitude < 1e6)
  // Go's shortest form takes an exponent from the seventh digit before the point on, of two digits at least.
  return plain ? String(value) : value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2')
}
