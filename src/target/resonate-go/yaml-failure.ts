import type { CST, Document, Node as LibraryNode, Pair as LibraryPair, YAMLParseError } from 'yaml'
import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser } from 'yaml'
import type { Span } from '../../config/setting.ts'
import { quoteGo } from './go-text.ts'

export interface YamlFailure {
  /** yaml v3's whole text. */
  readonly message: string
  readonly span: Span
}

/** `text` up to the end of its first document; yaml v3 reads no further. */
export function firstDocument(text: string): string {
  let seen = false
  for (const token of new Parser().parse(text)) {
    if (token.type === 'document') {
      if (seen) return text.slice(0, token.offset)
      seen = true
    } else if (seen && (token.type === 'doc-end' || token.type === 'directive')) {
      return text.slice(0, token.offset)
    }
  }
  return text
}

/** Why yaml v3 (decode.go) does not read the one document in `text` into a map, in its words; undefined when it does. */
export function describeYamlFailure(text: string): YamlFailure | undefined {
  const lines = new LineCounter()
  const tokens: CST.Token[] = [...new Parser(lines.addNewLine).parse(text)]
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false })
  const [document] = composer.compose(tokens)
  if (document === undefined) return undefined
  const { line } = { line: (at: number): number => lines.linePos(at).line }
  const [error] = document.errors
  if (error !== undefined)
    return { message: `yaml: ${wordError(error, text, line)}`, span: spanOf(error) }
  return findDecodeFailure(document, line)
}

function spanOf({ pos }: YAMLParseError): Span {
  return { start: pos[0], end: pos[1] }
}

/** libyaml counts lines from 0 and says none for the first. */
function wordError(error: YAMLParseError, text: string, line: (at: number) => number): string {
  const at = line(error.pos[0])
  const where = at > 1 ? `line ${at}: ` : ''
  return where + problemOf(error, text)
}

function problemOf({ code, message, pos }: YAMLParseError, text: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'found character that cannot start any token'
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'mapping values are not allowed in this context'
    case 'BAD_DQ_ESCAPE':
      return 'found unknown escape character'
    case 'MISSING_CHAR':
      return /quote/.test(message)
        ? 'found unexpected end of stream'
        : "did not find expected ',' or ']'"
    case 'BAD_SCALAR_START':
    case 'UNEXPECTED_TOKEN':
      return /[%@`]/.test(text.charAt(pos[0]))
        ? 'found character that cannot start any token'
        : 'did not find expected key'
    default:
      return 'did not find expected key'
  }
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
  readonly #anchors = new Set<string>()

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
      if (!isMap(node) && !isSeq(node)) {
        if (isScalar(node) && node.anchor !== undefined) this.#anchors.add(node.anchor)
        continue
      }
      const inside = node.anchor === undefined ? within : [...within, node.anchor]
      if (node.anchor !== undefined) this.#anchors.add(node.anchor)
      // The composer makes pairs of nodes or null, and lists of nodes.
      const children = isMap(node)
        ? node.items.flatMap(({ key, value }) => [key, value] as (LibraryNode | null)[])
        : (node.items as LibraryNode[])
      if (isMap(node) && this.#hasRepeatedKeys(node.items)) continue
      for (const child of children.toReversed()) open.push({ node: child, within: inside })
    }
    return undefined
  }

  #checkAlias(
    node: LibraryNode & { readonly source: string },
    within: readonly string[],
  ): YamlFailure | undefined {
    const { source } = node
    const start = node.range?.[0] ?? 0
    const span = { start, end: node.range?.[1] ?? start }
    if (within.includes(source))
      return { message: `yaml: anchor '${source}' value contains itself`, span }
    if (!this.#anchors.has(source))
      return { message: `yaml: unknown anchor '${source}' referenced`, span }
    return undefined
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
