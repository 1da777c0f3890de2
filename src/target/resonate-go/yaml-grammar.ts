import { type Mark, YamlProblem } from './yaml-characters.ts'
import { type TokenKind, YamlScanner, type YamlToken } from './yaml-scanner.ts'

/** How far the first document of a text reaches; indices count characters. */
export type DocumentRead =
  | { readonly ok: true; readonly end: number }
  /** `message` is yaml v3's without `yaml: `. */
  | { readonly ok: false; readonly message: string; readonly index: number }

/** Reads the first document of `text` as yaml v3.0.4 does (parserc.go), for its end or its first error. */
export function readFirstDocument(text: string): DocumentRead {
  try {
    return { ok: true, end: new Grammar(new YamlScanner(text)).readDocument() }
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
  | 'flow-mapping-first'
  | 'flow-mapping'
  | 'flow-mapping-value'

class Grammar {
  readonly #scanner: YamlScanner
  /** What is to be read yet, the next last. */
  readonly #states: State[] = []
  /** Where the open collections began. */
  readonly #marks: Mark[] = []
  readonly #handles = new Set(['!', '!!'])
  readonly #anchors = new Set<string>()

  constructor(scanner: YamlScanner) {
    this.#scanner = scanner
  }

  /** Where the document ends. Throws YamlProblem. */
  readDocument(): number {
    const scanner = this.#scanner
    scanner.peek()
    scanner.skip()
    const first = scanner.peek()
    if (first.kind === 'stream-end') return first.mark.index
    if (first.kind === 'directive' || first.kind === 'document-start') {
      this.#readDirectives()
      const start = scanner.peek()
      if (start.kind !== 'document-start')
        this.#fail('did not find expected <document start>', undefined, start.mark)
      scanner.skip()
      if (!DOCUMENT_ENDS.includes(scanner.peek().kind)) this.#states.push('block-node')
    } else {
      this.#states.push('block-node')
    }
    for (let state = this.#states.pop(); state !== undefined; state = this.#states.pop())
      this.#steps[state]()
    const end = scanner.peek()
    if (end.kind === 'document-end') scanner.skip()
    return end.mark.index
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
        this.#handles.add(directive.handle)
      }
      this.#scanner.skip()
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
    'flow-mapping-first': () => this.#readFlowKey(true),
    'flow-mapping': () => this.#readFlowKey(false),
    'flow-mapping-value': () => this.#readFlowValue('flow-mapping-end'),
  }

  /** Opens the collection whose first token stands here. */
  #open(state: State, mark: Mark): void {
    this.#marks.push(mark)
    this.#scanner.skip()
    this.#states.push(state)
  }

  #close(): void {
    this.#marks.pop()
    this.#scanner.skip()
  }

  #readNode(block: boolean, indentless: boolean): void {
    const scanner = this.#scanner
    let token = scanner.peek()
    if (token.kind === 'alias') {
      const { name = '', mark } = token
      if (!this.#anchors.has(name))
        throw new YamlProblem(`unknown anchor '${name}' referenced`, 0, mark)
      scanner.skip()
      return
    }
    const start = token.mark
    const properties: YamlToken[] = []
    while (
      (token.kind === 'anchor' || token.kind === 'tag') &&
      !properties.some(({ kind }) => kind === token.kind)
    ) {
      properties.push(token)
      scanner.skip()
      token = scanner.peek()
    }
    for (const { name, handle = '', mark } of properties) {
      if (name !== undefined) this.#anchors.add(name)
      if (handle !== '' && !this.#handles.has(handle))
        this.#fail('found undefined tag handle', start, mark)
    }
    if (indentless && token.kind === 'block-entry') {
      this.#states.push('indentless-sequence')
      return
    }
    if (token.kind === 'scalar') scanner.skip()
    else if (token.kind === 'flow-sequence') this.#open('flow-sequence-first', token.mark)
    else if (token.kind === 'flow-mapping') this.#open('flow-mapping-first', token.mark)
    else if (block && token.kind === 'block-sequence') this.#open('block-sequence', token.mark)
    else if (block && token.kind === 'block-mapping') this.#open('block-mapping', token.mark)
    else if (properties.length === 0)
      this.#fail('did not find expected node content', start, token.mark)
  }

  #readBlockEntry(): void {
    const token = this.#scanner.peek()
    if (token.kind === 'block-end') {
      this.#close()
      return
    }
    if (token.kind !== 'block-entry')
      this.#fail("did not find expected '-' indicator", this.#marks.at(-1), token.mark)
    this.#scanner.skip()
    this.#states.push('block-sequence')
    this.#expectUnless('block-node', 'block-entry', 'block-end')
  }

  #readIndentlessEntry(): void {
    if (this.#scanner.peek().kind !== 'block-entry') return
    this.#scanner.skip()
    this.#states.push('indentless-sequence')
    this.#expectUnless('block-node', 'block-entry', 'key', 'value', 'block-end')
  }

  #readBlockKey(): void {
    const token = this.#scanner.peek()
    if (token.kind === 'block-end') {
      this.#close()
      return
    }
    if (token.kind !== 'key')
      this.#fail('did not find expected key', this.#marks.at(-1), token.mark)
    this.#scanner.skip()
    this.#states.push('block-mapping-value')
    this.#expectUnless('block-node-or-sequence', 'key', 'value', 'block-end')
  }

  #readBlockValue(): void {
    this.#states.push('block-mapping')
    if (this.#scanner.peek().kind !== 'value') return
    this.#scanner.skip()
    this.#expectUnless('block-node-or-sequence', 'key', 'value', 'block-end')
  }

  /** Reads `state` next, unless one of `kinds` says that there is nothing. */
  #expectUnless(state: State, ...kinds: readonly TokenKind[]): void {
    if (!kinds.includes(this.#scanner.peek().kind)) this.#states.push(state)
  }

  /** Steps over the comma between the parts of a flow collection; whether it ends here. */
  #endsFlow(first: boolean, end: TokenKind, problem: string): boolean {
    if (this.#scanner.peek().kind === end) return true
    if (first) return false
    const token = this.#scanner.peek()
    if (token.kind !== 'flow-entry') this.#fail(problem, this.#marks.at(-1), token.mark)
    this.#scanner.skip()
    return this.#scanner.peek().kind === end
  }

  #readFlowEntry(first: boolean): void {
    if (this.#endsFlow(first, 'flow-sequence-end', "did not find expected ',' or ']'")) {
      this.#close()
      return
    }
    this.#states.push('flow-sequence')
    if (this.#scanner.peek().kind === 'key') {
      this.#scanner.skip()
      this.#states.push('flow-pair')
    } else {
      this.#states.push('flow-node')
    }
  }

  #readFlowPair(): void {
    const { kind } = this.#scanner.peek()
    this.#states.push('flow-pair-value')
    if (kind === 'value' || kind === 'flow-entry' || kind === 'flow-sequence-end')
      // yaml v3 steps over what it finds instead of the key.
      this.#scanner.skip()
    else this.#states.push('flow-node')
  }

  #readFlowKey(first: boolean): void {
    if (this.#endsFlow(first, 'flow-mapping-end', "did not find expected ',' or '}'")) {
      this.#close()
      return
    }
    this.#states.push('flow-mapping')
    if (this.#scanner.peek().kind !== 'key') {
      this.#states.push('flow-node')
      return
    }
    this.#scanner.skip()
    this.#states.push('flow-mapping-value')
    this.#expectUnless('flow-node', 'value', 'flow-entry', 'flow-mapping-end')
  }

  #readFlowValue(end: TokenKind): void {
    if (this.#scanner.peek().kind !== 'value') return
    this.#scanner.skip()
    this.#expectUnless('flow-node', 'flow-entry', end)
  }
}

const DOCUMENT_ENDS: readonly TokenKind[] = [
  'directive',
  'document-start',
  'document-end',
  'stream-end',
]
