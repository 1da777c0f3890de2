import { type Mark, YamlProblem } from './yaml-characters.ts'
import type { YamlAlias, YamlCollection, YamlNode, YamlScalar } from './yaml-node.ts'
import type { TagToken } from './yaml-properties.ts'
import { type TokenKind, YamlScanner, type YamlToken } from './yaml-scanner.ts'

/** The first document of a text and how far it reaches; indices count characters. */
export type DocumentRead =
  /** `root` is undefined where the text holds no document. */
  | { readonly ok: true; readonly root: YamlNode | undefined; readonly end: number }
  /** `message` is yaml v3's without `yaml: `. */
  | { readonly ok: false; readonly message: string; readonly index: number }

/** Reads the first document of `text` as yaml v3.0.4 does (parserc.go; decode.go, parser). */
export function readFirstDocument(text: string): DocumentRead {
  try {
    const grammar = new Grammar(new YamlScanner(text))
    const end = grammar.readDocument()
    return { ok: true, root: grammar.root, end }
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error
    const where = error.line === 0 ? '' : `line ${error.line}: `
    return { ok: false, message: where + error.message, index: error.mark.index }
  }
}

type State =
  | 'block-node'
  | 'block-node-or-sequence'
  | 'flow-node'
  | 'block-sequence'
  | 'indentless-sequence'
  | 'block-mapping'
  | 'block-mapping-value'
  | 'flow-sequence-first'
  | 'flow-sequence'
  | 'flow-pair'
  | 'flow-pair-value'
  | 'flow-pair-end'
  | 'flow-mapping-first'
  | 'flow-mapping'
  | 'flow-mapping-value'
  | 'flow-mapping-no-value'

const YAML_PREFIX = 'tag:yaml.org,2002:'

interface OpenCollection extends YamlCollection {
  readonly items: YamlNode[]
  end: number
}

class Grammar {
  root: YamlNode | undefined
  readonly #scanner: YamlScanner
  /** What is to be read yet, the next last. */
  readonly #states: State[] = []
  /** Where the open collections began. */
  readonly #marks: Mark[] = []
  /** The collections that what is read next belongs to, the innermost last. */
  readonly #open: OpenCollection[] = []
  readonly #prefixes = new Map([
    ['!', '!'],
    ['!!', YAML_PREFIX],
  ])
  readonly #anchors = new Map<string, YamlAlias['target']>()
  /** The index behind the last token, and where it began. */
  #end = 0
  #last: Mark | undefined

  constructor(scanner: YamlScanner) {
    this.#scanner = scanner
  }

  /** Where the document ends. Throws YamlProblem. */
  readDocument(): number {
    const scanner = this.#scanner
    this.#skip()
    const first = scanner.peek()
    if (first.kind === 'stream-end') return first.mark.index
    if (first.kind === 'directive' || first.kind === 'document-start') {
      this.#readDirectives()
      const start = scanner.peek()
      if (start.kind !== 'document-start')
        this.#fail('did not find expected <document start>', undefined, start.mark)
      this.#skip()
      this.#readUnless('block-node', ...DOCUMENT_ENDS)
    } else {
      this.#states.push('block-node')
    }
    for (let state = this.#states.pop(); state !== undefined; state = this.#states.pop())
      this.#steps[state]()
    const end = scanner.peek()
    if (end.kind === 'document-end') this.#skip()
    return end.mark.index
  }

  #skip(): YamlToken {
    const token = this.#scanner.peek()
    this.#scanner.skip()
    this.#end = token.end
    this.#last = token.mark
    return token
  }

  #append(node: YamlNode): void {
    const parent = this.#open.at(-1)
    if (parent === undefined) this.root = node
    else {
      parent.items.push(node)
      parent.end = node.end
    }
  }

  /** A value that is not there. */
  #appendEmpty(mark: Mark): void {
    const [start, end] = [this.#end, this.#end]
    this.#append({ kind: 'scalar', value: '', style: 'plain', line: mark.line + 1, start, end })
  }

  /** A parser's error: its line is not counted up from 0, unlike a scanner's. */
  #fail(problem: string, context: Mark | undefined, mark: Mark): never {
    throw new YamlProblem(problem, context?.line || mark.line, mark)
  }

  #readDirectives(): void {
    const handles = new Set<string>()
    let version = false
    for (;;) {
      const { directive, mark } = this.#scanner.peek()
      if (directive === undefined) return
      if (directive.kind === 'version') {
        if (version) this.#fail('found duplicate %YAML directive', undefined, mark)
        if (directive.version !== '1.1')
          this.#fail('found incompatible YAML document', undefined, mark)
        version = true
      } else {
        if (handles.has(directive.handle))
          this.#fail('found duplicate %TAG directive', undefined, mark)
        handles.add(directive.handle)
        this.#prefixes.set(directive.handle, directive.prefix)
      }
      this.#skip()
    }
  }

  readonly #steps: Readonly<Record<State, () => void>> = {
    'block-node': () => this.#readNode(true, false),
    'block-node-or-sequence': () => this.#readNode(true, true),
    'flow-node': () => this.#readNode(false, false),
    'block-sequence': () => this.#readBlockEntry(),
    'indentless-sequence': () => this.#readIndentlessEntry(),
    'block-mapping': () => this.#readBlockKey(),
    'block-mapping-value': () => this.#readBlockValue(),
    'flow-sequence-first': () => this.#readFlowEntry(true),
    'flow-sequence': () => this.#readFlowEntry(false),
    'flow-pair': () => this.#readFlowPair(),
    'flow-pair-value': () => this.#readFlowValue('flow-sequence-end'),
    'flow-pair-end': () => this.#pop(),
    'flow-mapping-first': () => this.#readFlowKey(true),
    'flow-mapping': () => this.#readFlowKey(false),
    'flow-mapping-value': () => this.#readFlowValue('flow-mapping-end'),
    'flow-mapping-no-value': () => this.#appendEmpty(this.#scanner.peek().mark),
  }

  /** Opens the collection whose first token stands here, the entry of an indentless sequence excepted. */
  #openCollection(kind: OpenCollection['kind'], state: State, properties: Properties): void {
    const { mark } = this.#scanner.peek()
    this.#marks.push(mark)
    if (state !== 'indentless-sequence') this.#skip()
    this.#states.push(state)
    this.#openNode(kind, mark, properties)
  }

  #openNode(kind: OpenCollection['kind'], mark: Mark, properties: Properties): void {
    const { line = mark.line + 1, tag, anchor } = properties
    const [start, end] = [mark.index, mark.index]
    const node = { kind, items: [], line, start, end, ...(tag !== undefined && { tag }) }
    this.#append(node)
    this.#open.push(node)
    if (anchor !== undefined) this.#anchors.set(anchor, node)
  }

  #close(): void {
    this.#marks.pop()
    const { kind, end } = this.#skip()
    this.#pop(kind === 'block-end' ? undefined : end)
  }

  /** The innermost collection ends at `end`, or with the last of its items. */
  #pop(end?: number): void {
    const node = this.#open.pop()
    if (node === undefined) return
    if (end !== undefined) node.end = end
    const parent = this.#open.at(-1)
    if (parent !== undefined) parent.end = node.end
  }

  #readNode(block: boolean, indentless: boolean): void {
    const scanner = this.#scanner
    const first = scanner.peek()
    if (first.kind === 'alias') {
      this.#readAlias()
      return
    }
    const properties = this.#readProperties()
    const token = scanner.peek()
    if (token.kind === 'scalar') this.#readScalar(properties)
    else if (indentless && token.kind === 'block-entry')
      this.#openCollection('list', 'indentless-sequence', properties)
    else if (token.kind === 'flow-sequence')
      this.#openCollection('list', 'flow-sequence-first', properties)
    else if (token.kind === 'flow-mapping')
      this.#openCollection('map', 'flow-mapping-first', properties)
    else if (block && token.kind === 'block-sequence')
      this.#openCollection('list', 'block-sequence', properties)
    else if (block && token.kind === 'block-mapping')
      this.#openCollection('map', 'block-mapping', properties)
    else if (properties.line === undefined)
      this.#fail('did not find expected node content', first.mark, token.mark)
    else this.#appendScalar('', 'plain', this.#end, properties)
  }

  #readAlias(): void {
    const { name = '', mark, end } = this.#scanner.peek()
    const target = this.#anchors.get(name)
    if (target === undefined) throw new YamlProblem(`unknown anchor '${name}' referenced`, 0, mark)
    this.#skip()
    this.#append({ kind: 'alias', name, target, line: mark.line + 1, start: mark.index, end })
  }

  #readScalar(properties: Properties): void {
    const { value = '', style = 'plain', mark } = this.#skip()
    this.#appendScalar(value, style, mark.index, { line: mark.line + 1, ...properties })
  }

  #appendScalar(
    value: string,
    style: YamlScalar['style'],
    start: number,
    { line = 0, tag, anchor }: Properties,
  ): void {
    const scalar = { kind: 'scalar', value, style, line, start, end: this.#end } as const
    const node: YamlScalar = tag === undefined ? scalar : { ...scalar, tag }
    this.#append(node)
    if (anchor !== undefined) this.#anchors.set(anchor, node)
  }

  /** An anchor and a tag, in either order. */
  #readProperties(): Properties {
    const start = this.#scanner.peek().mark
    const found: YamlToken[] = []
    for (
      let { kind } = this.#scanner.peek();
      (kind === 'anchor' || kind === 'tag') && !found.some((token) => token.kind === kind);
      kind = this.#scanner.peek().kind
    )
      found.push(this.#skip())
    const tagged = found.find(({ tag }) => tag !== undefined)
    const tag = tagged?.tag === undefined ? '!' : this.#expandTag(tagged.tag, start, tagged.mark)
    const anchor = found.find(({ name }) => name !== undefined)?.name
    return {
      ...(found.length > 0 && { line: start.line + 1 }),
      ...(tag !== '!' && { tag }),
      ...(anchor !== undefined && { anchor }),
    }
  }

  #expandTag({ handle, suffix }: TagToken, start: Mark, mark: Mark): string {
    const prefix = handle === '' ? '' : this.#prefixes.get(handle)
    if (prefix === undefined) this.#fail('found undefined tag handle', start, mark)
    const tag = prefix + suffix
    return tag.startsWith(YAML_PREFIX) ? `!!${tag.slice(YAML_PREFIX.length)}` : tag
  }

  #readBlockEntry(): void {
    const token = this.#scanner.peek()
    if (token.kind === 'block-end') {
      this.#close()
      return
    }
    if (token.kind !== 'block-entry')
      this.#fail("did not find expected '-' indicator", this.#marks.at(-1), token.mark)
    this.#skip()
    this.#states.push('block-sequence')
    this.#readUnless('block-node', 'block-entry', 'block-end')
  }

  #readIndentlessEntry(): void {
    if (this.#scanner.peek().kind !== 'block-entry') {
      this.#marks.pop()
      this.#pop()
      return
    }
    this.#skip()
    this.#states.push('indentless-sequence')
    this.#readUnless('block-node', 'block-entry', 'key', 'value', 'block-end')
  }

  #readBlockKey(): void {
    const token = this.#scanner.peek()
    if (token.kind === 'block-end') {
      this.#close()
      return
    }
    if (token.kind !== 'key')
      this.#fail('did not find expected key', this.#marks.at(-1), token.mark)
    this.#skip()
    this.#states.push('block-mapping-value')
    this.#readUnless('block-node-or-sequence', 'key', 'value', 'block-end')
  }

  #readBlockValue(): void {
    this.#states.push('block-mapping')
    const { kind, mark } = this.#scanner.peek()
    if (kind !== 'value') {
      this.#appendEmpty(mark)
      return
    }
    this.#skip()
    this.#readUnless('block-node-or-sequence', 'key', 'value', 'block-end')
  }

  /** Reads `state` next, unless one of `kinds` says that there is nothing. */
  #readUnless(state: State, ...kinds: readonly TokenKind[]): void {
    const { kind, mark } = this.#scanner.peek()
    if (!kinds.includes(kind)) this.#states.push(state)
    // What is missing stands behind the token before in block collections, before the next in flow collections.
    else this.#appendEmpty(state === 'flow-node' ? mark : (this.#last ?? mark))
  }

  /** Steps over the comma between the parts of a flow collection; whether it ends here. */
  #endsFlow(first: boolean, end: TokenKind, problem: string): boolean {
    if (this.#scanner.peek().kind === end) return true
    if (first) return false
    const token = this.#scanner.peek()
    if (token.kind !== 'flow-entry') this.#fail(problem, this.#marks.at(-1), token.mark)
    this.#skip()
    return this.#scanner.peek().kind === end
  }

  #readFlowEntry(first: boolean): void {
    if (this.#endsFlow(first, 'flow-sequence-end', "did not find expected ',' or ']'")) {
      this.#close()
      return
    }
    this.#states.push('flow-sequence')
    const { kind, mark } = this.#scanner.peek()
    if (kind === 'key') {
      this.#skip()
      this.#states.push('flow-pair')
      this.#openNode('map', mark, {})
    } else {
      this.#states.push('flow-node')
    }
  }

  #readFlowPair(): void {
    const { kind, mark } = this.#scanner.peek()
    this.#states.push('flow-pair-end', 'flow-pair-value')
    if (kind === 'value' || kind === 'flow-entry' || kind === 'flow-sequence-end') {
      // yaml v3 steps over what it finds instead of the key.
      this.#skip()
      this.#appendEmpty(mark)
    } else {
      this.#states.push('flow-node')
    }
  }

  #readFlowKey(first: boolean): void {
    if (this.#endsFlow(first, 'flow-mapping-end', "did not find expected ',' or '}'")) {
      this.#close()
      return
    }
    this.#states.push('flow-mapping')
    if (this.#scanner.peek().kind !== 'key') {
      this.#states.push('flow-mapping-no-value', 'flow-node')
      return
    }
    this.#skip()
    this.#states.push('flow-mapping-value')
    this.#readUnless('flow-node', 'value', 'flow-entry', 'flow-mapping-end')
  }

  #readFlowValue(end: TokenKind): void {
    const { kind, mark } = this.#scanner.peek()
    if (kind !== 'value') {
      this.#appendEmpty(mark)
      return
    }
    this.#skip()
    this.#readUnless('flow-node', 'flow-entry', end)
  }
}

/** What stands before a node. */
interface Properties {
  /** The line of the first of them; undefined where there is none. */
  readonly line?: number
  readonly tag?: string
  readonly anchor?: string
}

const DOCUMENT_ENDS: readonly TokenKind[] = [
  'directive',
  'document-start',
  'document-end',
  'stream-end',
]
