import type { CST, Document, Node as LibraryNode, Pair as LibraryPair } from 'yaml'
import { Composer, isAlias, isMap, isScalar, isSeq, Parser } from 'yaml'
import type { Span } from './setting.ts'
import { resolvePlain, type YamlValue } from './yaml-scalar.ts'

/** A node of a document: aliases are followed and merge keys applied; an aliased node is shared, not copied. */
export type YamlNode = YamlScalar | YamlMap | YamlList

export interface YamlScalar {
  readonly kind: 'scalar'
  /** As go-yaml v3 types it (yaml-scalar.ts); undefined = null. */
  readonly value: YamlValue
  /** The text before any typing, e.g. `014`. */
  readonly text: string
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded'
  /** The scalar with its quotes or block header, without its tag and anchor. */
  readonly span: Span
  readonly tag?: string
}

export interface YamlMap {
  readonly kind: 'map'
  readonly pairs: ReadonlyMap<string, YamlPair>
  readonly span: Span
  readonly tag?: string
}

export interface YamlPair {
  readonly key: Span
  readonly value: YamlNode
}

export interface YamlList {
  readonly kind: 'list'
  readonly items: readonly YamlNode[]
  readonly span: Span
  readonly tag?: string
}

/** `message` is a sentence without the place and without any of the text; `span` is where it went wrong. */
export type YamlRead =
  | { readonly ok: true; readonly documents: readonly YamlNode[] }
  | { readonly ok: false; readonly limit: boolean; readonly message: string; readonly span: Span }

const MAX_LENGTH = 1024 * 1024
const MAX_DEPTH = 100
const MAX_NODES = 200_000

/**
 * Reads a YAML stream with the place of every node. Text over 1 MiB (2^20 characters), nesting over 100 levels and documents that would
 * be over 200,000 nodes once their aliases are written out are refused (`limit`); duplicate keys, keys that are not
 * scalars, unknown and recursive aliases are errors, as in go-yaml v3 (decode.go).
 */
export function parseYaml(text: string): YamlRead {
  const start = { start: 0, end: 0 }
  if (text.length > MAX_LENGTH)
    return refuse(true, `more than ${MAX_LENGTH} characters of YAML`, start)
  const tokens: CST.Token[] = [...new Parser().parse(text)]
  const deep = findTooDeep(tokens)
  if (deep !== undefined)
    return refuse(true, `YAML nested more than ${MAX_DEPTH} levels deep`, deep)
  const documents: YamlNode[] = []
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false })
  try {
    for (const document of composer.compose(tokens)) documents.push(readDocument(document))
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.limit, error.message, error.span)
    throw error
  }
  return { ok: true, documents }
}

function refuse(limit: boolean, message: string, span: Span): YamlRead {
  return { ok: false, limit, message, span }
}

class Refusal extends Error {
  readonly span: Span
  readonly limit: boolean

  constructor(message: string, span: Span, limit = false) {
    super(message)
    this.span = span
    this.limit = limit
  }
}

/** A token of a YAML text that is nested deeper than this tool reads; undefined when none is. */
export function findTooDeep(tokens: readonly CST.Token[]): Span | undefined {
  const open = tokens.map((token) => ({ token, depth: 0 }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next
    if (depth > MAX_DEPTH) return { start: token.offset, end: token.offset + 1 }
    if (token.type === 'document') {
      if (token.value !== undefined) open.push({ token: token.value, depth })
    } else if ('items' in token) {
      for (const item of token.items)
        for (const child of [item.key, item.value])
          if (child !== null && child !== undefined) open.push({ token: child, depth: depth + 1 })
    }
  }
  return undefined
}

interface Reading {
  readonly anchors: Map<string, YamlNode | undefined>
  /** Nodes of the subtree once its aliases are written out. */
  readonly sizes: Map<YamlNode, number>
  pairs: number
}

function readDocument(document: Document.Parsed): YamlNode {
  const [error] = document.errors
  if (error !== undefined)
    throw new Refusal(
      sentenceOf(error.message),
      { start: error.pos[0], end: error.pos[1] },
      error.code === 'RESOURCE_EXHAUSTION',
    )
  const reading: Reading = { anchors: new Map(), sizes: new Map(), pairs: 0 }
  return readNode(document.contents, reading, document.range[0])
}

/** The library's message without the piece of the file that some of them end in. */
function sentenceOf(message: string): string {
  const [head = message] = message.split(/[:\n]/)
  return `not valid YAML: ${head.charAt(0).toLowerCase()}${head.slice(1).trimEnd()}`
}

function readNode(node: LibraryNode | null, reading: Reading, offset: number): YamlNode {
  const range = node?.range
  const span = { start: range?.[0] ?? offset, end: range?.[1] ?? offset }
  if (isAlias(node)) return followAlias(node.source, reading, span)
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined
  if (anchor !== undefined) reading.anchors.set(anchor, undefined)
  const tag = node?.tag === undefined ? {} : { tag: node.tag }
  let read: YamlNode
  if (isMap(node)) {
    read = { kind: 'map', pairs: readPairs(node.items, reading, span), span, ...tag }
  } else if (isSeq(node)) {
    // The composer puts nothing but nodes into a sequence.
    const items = node.items.map((item) => readNode(item as LibraryNode, reading, span.start))
    read = { kind: 'list', items, span, ...tag }
  } else {
    read = { ...readScalar(node), span, ...tag }
  }
  measure(read, reading, span)
  if (anchor !== undefined) reading.anchors.set(anchor, read)
  return read
}

const STYLES: Readonly<Record<string, YamlScalar['style']>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
}

function readScalar(node: LibraryNode | null): Omit<YamlScalar, 'span'> {
  if (!isScalar(node)) return { kind: 'scalar', value: undefined, text: '', style: 'plain' }
  const text = typeof node.value === 'string' ? node.value : ''
  const style = STYLES[node.type ?? ''] ?? 'plain'
  const typed = style === 'plain' && (node.tag === undefined || !node.tag.endsWith(':str'))
  return { kind: 'scalar', value: typed ? resolvePlain(text) : text, text, style }
}

function followAlias(name: string, { anchors }: Reading, span: Span): YamlNode {
  const target = anchors.get(name)
  if (target !== undefined) return target
  throw new Refusal(
    anchors.has(name)
      ? 'an alias stands inside the node it refers to'
      : 'an alias refers to an anchor that is not defined before it',
    span,
  )
}

function measure(node: YamlNode, { sizes }: Reading, span: Span): void {
  let size = 1
  if (node.kind === 'list') for (const item of node.items) size += sizes.get(item) ?? 1
  if (node.kind === 'map')
    for (const { value } of node.pairs.values()) size += 1 + (sizes.get(value) ?? 1)
  if (size > MAX_NODES) throw new Refusal(`more than ${MAX_NODES} YAML nodes`, span, true)
  sizes.set(node, size)
}

function readPairs(
  items: readonly LibraryPair<unknown, unknown>[],
  reading: Reading,
  span: Span,
): Map<string, YamlPair> {
  const pairs = new Map<string, YamlPair>()
  let merged: YamlNode | undefined
  for (const item of items) {
    // The composer makes pairs of nodes or null only.
    const key = readNode(item.key as LibraryNode | null, reading, span.start)
    const value = readNode(item.value as LibraryNode | null, reading, key.span.end)
    if (key.kind !== 'scalar') throw new Refusal('a key that is a list or a mapping', key.span)
    if (key.text === '<<' && key.style === 'plain') {
      if (merged !== undefined) throw new Refusal('the key "<<" stands twice', key.span)
      merged = value
    } else {
      if (pairs.has(key.text)) throw new Refusal('the same key stands twice in a mapping', key.span)
      pairs.set(key.text, { key: key.span, value })
    }
  }
  for (const source of merged?.kind === 'list'
    ? merged.items
    : merged === undefined
      ? []
      : [merged])
    mergePairs(source, pairs, reading)
  return pairs
}

/** What `<<` brings in: keys that are there already win, and of several sources the first (go-yaml v3 decode.go, merge). */
function mergePairs(source: YamlNode, into: Map<string, YamlPair>, reading: Reading): void {
  if (source.kind !== 'map')
    throw new Refusal('"<<" merges something that is not a mapping', source.span)
  reading.pairs += source.pairs.size
  if (reading.pairs > MAX_NODES)
    throw new Refusal(`more than ${MAX_NODES} keys merged with "<<"`, source.span, true)
  for (const [name, pair] of source.pairs) if (!into.has(name)) into.set(name, pair)
}
