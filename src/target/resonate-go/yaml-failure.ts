import type { CST, Document, Node as LibraryNode, Pair as LibraryPair } from 'yaml'
import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser } from 'yaml'
import type { Span } from '../../config/setting.ts'
import { quoteGo } from './go-text.ts'

export interface YamlFailure {
  /** yaml v3's whole text. */
  readonly message: string
  readonly span: Span
}

/** Why yaml v3 (decode.go) does not read the one document in `text` into a map, in its words; undefined when it does. */
export function describeYamlFailure(text: string): YamlFailure | undefined {
  const lines = new LineCounter()
  const tokens: CST.Token[] = [...new Parser(lines.addNewLine).parse(text)]
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false })
  const [document] = composer.compose(tokens)
  if (document === undefined || document.errors.length > 0) return undefined
  return findDecodeFailure(document, (at) => lines.linePos(at).line)
}

function findDecodeFailure(
  document: Document.Parsed,
  line: (at: number) => number,
): YamlFailure | undefined {
  const root = document.contents
  const walk = new Walk(line)
  const start = root?.range?.[0] ?? 0
  if (root !== null && !isMap(root) && !isNull(root)) {
    const shown = isSeq(root) ? '!!seq' : `${scalarTag(root)} \`${cutValue(textOf(root))}\``
    const message = `line ${line(start)}: cannot unmarshal ${shown} into map[string]interface {}`
    walk.faults.push({ message, span: { start, end: start } })
  }
  if (isMap(root)) walk.checkNames(root.items)
  const fatal = walk.check(root)
  if (fatal !== undefined) return fatal
  const [first] = walk.faults
  if (first === undefined) return undefined
  const list = walk.faults.map(({ message }) => `  ${message}`).join('\n')
  return { message: `yaml: unmarshal errors:\n${list}`, span: first.span }
}

function textOf(node: LibraryNode): string {
  return isScalar(node) && typeof node.value === 'string' ? node.value : ''
}

function isNull(node: LibraryNode): boolean {
  return isScalar(node) && node.type === 'PLAIN' && /^(?:~|null|Null|NULL)?$/.test(textOf(node))
}

function cutValue(value: string): string {
  return value.length > 10 ? `${value.slice(0, 7)}...` : value
}

function scalarTag(node: LibraryNode): string {
  if (!isScalar(node) || node.type !== 'PLAIN') return '!!str'
  const text = textOf(node)
  if (/^(?:true|false|True|False|TRUE|FALSE)$/.test(text)) return '!!bool'
  if (/^[-+]?\d+$/.test(text)) return '!!int'
  return /^[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?$/.test(text) ? '!!float' : '!!str'
}

interface Open {
  readonly node: LibraryNode | null
  readonly within: readonly string[]
}

/** Goes through a document as yaml v3's decoder does. */
class Walk {
  readonly faults: YamlFailure[] = []
  readonly #line: (at: number) => number

  constructor(line: (at: number) => number) {
    this.#line = line
  }

  /** Collects repeated keys; the failure that ends the decoding at once, where there is one. */
  check(root: LibraryNode | null): YamlFailure | undefined {
    const open: Open[] = [{ node: root, within: [] }]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { node, within } = next
      if (isAlias(node)) {
        const fatal = this.#checkAlias(node, within)
        if (fatal !== undefined) return fatal
        continue
      }
      if (!isMap(node) && !isSeq(node)) continue
      const inside = node.anchor === undefined ? within : [...within, node.anchor]
      // The composer makes pairs of nodes or null, and lists of nodes.
      const children = isMap(node)
        ? node.items.flatMap(({ key, value }) => [key, value] as (LibraryNode | null)[])
        : (node.items as LibraryNode[])
      if (isMap(node) && this.#hasRepeatedKeys(node.items)) continue
      for (const child of children.toReversed()) open.push({ node: child, within: inside })
    }
    return undefined
  }

  /** The outermost map has text for its keys: lists and maps cannot be made that. */
  checkNames(items: readonly LibraryPair<unknown, unknown>[]): void {
    for (const { key } of items) {
      if (!isMap(key) && !isSeq(key)) continue
      const start = key.range?.[0] ?? 0
      const tag = isSeq(key) ? '!!seq' : '!!map'
      const message = `line ${this.#line(start)}: cannot unmarshal ${tag} into string`
      this.faults.push({ message, span: { start, end: key.range?.[1] ?? start } })
    }
  }

  /** The grammar has seen to it that every alias has an anchor before it. */
  #checkAlias(
    node: LibraryNode & { readonly source: string },
    within: readonly string[],
  ): YamlFailure | undefined {
    if (!within.includes(node.source)) return undefined
    const start = node.range?.[0] ?? 0
    const span = { start, end: node.range?.[1] ?? start }
    return { message: `yaml: anchor '${node.source}' value contains itself`, span }
  }

  #hasRepeatedKeys(items: readonly LibraryPair<unknown, unknown>[]): boolean {
    const seen = new Map<string, number>()
    const before = this.faults.length
    for (const { key } of items) {
      if (!isScalar(key)) continue
      const text = textOf(key)
      const start = key.range?.[0] ?? 0
      const first = seen.get(text)
      if (first === undefined) seen.set(text, start)
      else
        this.faults.push({
          message: `line ${this.#line(start)}: mapping key ${quoteGo(text)} already defined at line ${this.#line(first)}`,
          span: { start, end: key.range?.[1] ?? start },
        })
    }
    return this.faults.length > before
  }
}
