import { failParsing, type Mark, YamlProblem } from './yaml-characters.ts'
import { Composer } from './yaml-composer.ts'
import { DEFAULT_PREFIXES, type Properties, readDirectives, readProperties } from './yaml-head.ts'
import type { YamlCollection, YamlNode, YamlScalar } from './yaml-node.ts'
import { type TokenKind, YamlScanner } from './yaml-scanner.ts'

/** The first document of a text and how far it reaches; indices count characters. */
export type DocumentRead =
  /** `root` is undefined where the text holds no document. */
  | { readonly ok: true; readonly root: YamlNode | undefined; readonly end: number }
  /** `message` is yaml v3's without `yaml: `. */
  | { readonly ok: false; readonly message: string; readonly index: number }

/** Reads the first document of `text` as yaml v3.0.4 does (parserc.go; decode.go, parser). */
export function readFirstDocument(text: string): DocumentRead {
  try {
    const composer = new Composer()
    const end = new Grammar(new YamlScanner(text), composer).readDocument()
    return { ok: true, root: composer.root, end }
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

class Grammar {
  readonly #scanner: YamlScanner
  readonly #composer: Composer
  /** What is to be read yet, the next last. */
  readonly #states: State[] = []
  /** Where the open collections began. */
  readonly #marks: Mark[] = []
  #prefixes = DEFAULT_PREFIXES

  constructor(scanner: YamlScanner, composer: Composer) {
    this.#scanner = scanner
    this.#composer = composer
  }

  /** Where the document ends. Throws YamlProblem. */
  readDocument(): number {
    const scanner = this.#scanner
    this.#scanner.skip()
    const first = scanner.peek()
    if (first.kind === 'stream-end') return first.mark.index
    if (first.kind === 'directive' || first.kind === 'document-start') {
      this.#prefixes = readDirectives(scanner)
      const start = scanner.peek()
      if (start.kind !== 'document-start')
        failParsing('did not find expected <document start>', undefined, start.mark)
      this.#scanner.skip()
      this.#readUnless('block-node', ...DOCUMENT_ENDS)
    } else {
      this.#states.push('block-node')
    }
    for (let state = this.#states.pop(); state !== undefined; state = this.#states.pop())
      this.#steps[state]()
    const end = scanner.peek()
    if (end.kind === 'document-end') this.#scanner.skip()
    return end.mark.index
  }

  /** A value that is not there. */
  #addEmpty(mark: Mark): void {
    this.#addScalar('', 'plain', undefined, { line: mark.line + 1 })
  }

  /** `start` is undefined for a scalar without any text. */
  #addScalar(
    value: string,
    style: YamlScalar['style'],
    start: number | undefined,
    { line = 0, tag, anchor }: Properties,
  ): void {
    const end = this.#scanner.last?.end ?? 0
    const scalar = { kind: 'scalar', value, style, line, start: start ?? end, end } as const
    this.#composer.addScalar(tag === undefined ? scalar : { ...scalar, tag }, anchor)
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
    'flow-pair-end': () => this.#composer.close(),
    'flow-mapping-first': () => this.#readFlowKey(true),
    'flow-mapping': () => this.#readFlowKey(false),
    'flow-mapping-value': () => this.#readFlowValue('flow-mapping-end'),
    'flow-mapping-no-value': () => this.#addEmpty(this.#scanner.peek().mark),
  }

  /** Opens the collection whose first token stands here, the entry of an indentless sequence excepted. */
  #openCollection(kind: YamlCollection['kind'], state: State, properties: Properties): void {
    const { mark } = this.#scanner.peek()
    this.#marks.push(mark)
    if (state !== 'indentless-sequence') this.#scanner.skip()
    this.#states.push(state)
    this.#composer.open(kind, mark, properties)
  }

  #close(): void {
    this.#marks.pop()
    const { kind, end } = this.#scanner.skip()
    this.#composer.close(kind === 'block-end' ? undefined : end)
  }

  #readNode(block: boolean, indentless: boolean): void {
    const scanner = this.#scanner
    const first = scanner.peek()
    if (first.kind === 'alias') {
      scanner.skip()
      this.#composer.addAlias(first.name ?? '', first.mark, first.end)
      return
    }
    const properties = readProperties(scanner, this.#prefixes)
    const token = scanner.peek()
    if (token.kind === 'scalar') {
      const { value = '', style = 'plain', mark } = scanner.skip()
      this.#addScalar(value, style, mark.index, { line: mark.line + 1, ...properties })
    } else if (indentless && token.kind === 'block-entry')
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
      failParsing('did not find expected node content', first.mark, token.mark)
    else this.#addScalar('', 'plain', undefined, properties)
  }

  #readBlockEntry(): void {
    const token = this.#scanner.peek()
    if (token.kind === 'block-end') {
      this.#close()
      return
    }
    if (token.kind !== 'block-entry')
      failParsing("did not find expected '-' indicator", this.#marks.at(-1), token.mark)
    this.#scanner.skip()
    this.#states.push('block-sequence')
    this.#readUnless('block-node', 'block-entry', 'block-end')
  }

  #readIndentlessEntry(): void {
    if (this.#scanner.peek().kind !== 'block-entry') {
      this.#marks.pop()
      this.#composer.close()
      return
    }
    this.#scanner.skip()
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
      failParsing('did not find expected key', this.#marks.at(-1), token.mark)
    this.#scanner.skip()
    this.#states.push('block-mapping-value')
    this.#readUnless('block-node-or-sequence', 'key', 'value', 'block-end')
  }

  #readBlockValue(): void {
    this.#states.push('block-mapping')
    const { kind, mark } = this.#scanner.peek()
    if (kind !== 'value') {
      this.#addEmpty(mark)
      return
    }
    this.#scanner.skip()
    this.#readUnless('block-node-or-sequence', 'key', 'value', 'block-end')
  }

  /** Reads `state` next, unless one of `kinds` says that there is nothing. */
  #readUnless(state: State, ...kinds: readonly TokenKind[]): void {
    const { kind, mark } = this.#scanner.peek()
    if (!kinds.includes(kind)) this.#states.push(state)
    // What is missing stands behind the token before in block collections, before the next in flow collections.
    else this.#addEmpty(state === 'flow-node' ? mark : (this.#scanner.last?.mark ?? mark))
  }

  /** Steps over the comma between the parts of a flow collection; whether it ends here. */
  #endsFlow(first: boolean, end: TokenKind, problem: string): boolean {
    if (this.#scanner.peek().kind === end) return true
    if (first) return false
    const token = this.#scanner.peek()
    if (token.kind !== 'flow-entry') failParsing(problem, this.#marks.at(-1), token.mark)
    this.#scanner.skip()
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
      this.#scanner.skip()
      this.#states.push('flow-pair')
      this.#composer.open('map', mark, {})
    } else {
      this.#states.push('flow-node')
    }
  }

  #readFlowPair(): void {
    const { kind, mark } = this.#scanner.peek()
    this.#states.push('flow-pair-end', 'flow-pair-value')
    if (kind === 'value' || kind === 'flow-entry' || kind === 'flow-sequence-end') {
      // yaml v3 steps over what it finds instead of the key.
      this.#scanner.skip()
      this.#addEmpty(mark)
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
    this.#scanner.skip()
    this.#states.push('flow-mapping-value')
    this.#readUnless('flow-node', 'value', 'flow-entry', 'flow-mapping-end')
  }

  #readFlowValue(end: TokenKind): void {
    const { kind, mark } = this.#scanner.peek()
    if (kind !== 'value') {
      this.#addEmpty(mark)
      return
    }
    this.#scanner.skip()
    this.#readUnless('flow-node', 'flow-entry', end)
  }
}

const DOCUMENT_ENDS: readonly TokenKind[] = [
  'directive',
  'document-start',
  'document-end',
  'stream-end',
]
