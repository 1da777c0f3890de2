import { scanBlock } from './yaml-block-scalar.ts'
import { Characters, isBlank, isBlankOrEnd, isBreak, type Mark } from './yaml-characters.ts'
import { SimpleKeys } from './yaml-keys.ts'
import {
  type Directive,
  scanAnchor,
  scanDirective,
  scanTag,
  type TagToken,
} from './yaml-properties.ts'
import { scanPlain, scanQuoted } from './yaml-scalars.ts'

export type TokenKind =
  | 'stream-start'
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | 'flow-sequence'
  | 'flow-sequence-end'
  | 'flow-mapping'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'

export interface YamlToken {
  readonly kind: TokenKind
  readonly mark: Mark
  /** The index behind it. */
  readonly end: number
  /** Of an anchor or an alias. */
  readonly name?: string
  readonly tag?: TagToken
  readonly directive?: Directive
  /** Of a scalar. */
  readonly value?: string
  readonly style?: 'plain' | 'marked'
}

const MAX_DEPTH = 10_000

/** Makes tokens of a YAML stream as yaml v3.0.4 does (scannerc.go): its errors come when it looks that far ahead. */
export class YamlScanner {
  /** The token that was taken last. */
  last: YamlToken | undefined
  readonly #characters: Characters
  #tokens: YamlToken[] = []
  #parsed = 0
  readonly #keys: SimpleKeys
  readonly #indents: number[] = []
  #indent = -1
  #flow = 0
  #keyAllowed = true
  #started = false

  constructor(text: string) {
    this.#characters = new Characters(text.replace(/^\ufeff/, ''))
    this.#keys = new SimpleKeys(this.#characters)
  }

  /** The next token; two more are read before it is given, and all a possible key needs. Throws YamlProblem. */
  peek(): YamlToken {
    while (this.#tokens.length <= 2 || this.#keys.isUndecided(this.#parsed)) this.#fetch()
    const [token] = this.#tokens
    if (token === undefined) throw new Error('a fetch adds a token')
    return token
  }

  /** Takes the next token. */
  skip(): YamlToken {
    const token = this.peek()
    this.#tokens.shift()
    this.#keys.forget(this.#parsed)
    this.#parsed++
    this.last = token
    return token
  }

  #add(kind: TokenKind, mark: Mark, more: Partial<YamlToken> = {}, at = this.#tokens.length): void {
    this.#tokens.splice(at, 0, { kind, mark, end: mark.index, ...more })
  }

  /** A token of `length` characters from here. */
  #take(kind: TokenKind, length: number): void {
    const { mark } = this.#characters
    this.#characters.skip(length)
    this.#add(kind, mark, { end: this.#characters.index })
  }

  #fetch(): void {
    const characters = this.#characters
    if (!this.#started) {
      this.#started = true
      this.#add('stream-start', characters.mark)
      return
    }
    this.#skipToToken()
    this.#unroll(characters.column)
    const character = characters.at()
    if (character === '') this.#fetchEnd()
    else if (characters.column === 0 && character === '%') this.#fetchDirective()
    else if (characters.atIndicator('---')) this.#fetchIndicator('document-start')
    else if (characters.atIndicator('...')) this.#fetchIndicator('document-end')
    else if (!this.#fetchPunctuation(character)) this.#fetchContent(character)
  }

  #skipToToken(): void {
    const characters = this.#characters
    for (;;) {
      // A byte order mark elsewhere is a character like any other (yamlprivateh.go, is_bom).
      if (characters.index === 0 && characters.at() === '\ufeff') characters.skip()
      while (
        characters.at() === ' ' ||
        ((this.#flow > 0 || !this.#keyAllowed) && characters.at() === '\t')
      )
        characters.skip()
      characters.skipComment()
      if (!isBreak(characters.at())) return
      characters.readLine()
      if (this.#flow === 0) this.#keyAllowed = true
    }
  }

  #fetchPunctuation(character: string): boolean {
    const next = this.#characters.at(1)
    const separated = isBlankOrEnd(next)
    if (character === '[') this.#openFlow('flow-sequence')
    else if (character === '{') this.#openFlow('flow-mapping')
    else if (character === ']') this.#closeFlow('flow-sequence-end')
    else if (character === '}') this.#closeFlow('flow-mapping-end')
    else if (character === ',') this.#fetchEntry()
    else if (character === '-' && separated) this.#fetchBlockEntry()
    else if (character === '?' && (this.#flow > 0 || separated)) this.#fetchKey()
    else if (character === ':' && (this.#flow > 0 || separated)) this.#fetchValue()
    else return false
    return true
  }

  #fetchContent(character: string): void {
    const characters = this.#characters
    const { mark } = characters
    if ((character === '|' || character === '>') && this.#flow === 0) {
      this.#keys.drop()
      this.#keyAllowed = true
      this.#add('scalar', mark, { ...scanBlock(characters, this.#indent), style: 'marked' })
      return
    }
    const special = '*&!\'"'.includes(character)
    if (!special && !this.#startsPlain(character))
      characters.fail('found character that cannot start any token')
    this.#saveKey()
    this.#keyAllowed = false
    if (character === '*' || character === '&') {
      const name = scanAnchor(characters)
      this.#add(character === '*' ? 'alias' : 'anchor', mark, { name, end: characters.index })
    } else if (character === '!') {
      this.#add('tag', mark, { tag: scanTag(characters) })
    } else if (special) {
      this.#add('scalar', mark, { ...scanQuoted(characters), style: 'marked' })
    } else {
      const { value, end, lineEnded } = scanPlain(characters, this.#indent + 1, this.#flow > 0)
      if (lineEnded) this.#keyAllowed = true
      this.#add('scalar', mark, { value, end, style: 'plain' })
    }
  }

  #startsPlain(character: string): boolean {
    const next = this.#characters.at(1)
    if (!isBlank(character) && !'-?:,[]{}#&*!|>\'"%@`'.includes(character)) return true
    if (character === '-') return !isBlank(next)
    return this.#flow === 0 && (character === '?' || character === ':') && !isBlankOrEnd(next)
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return
    const required = this.#flow === 0 && this.#indent === this.#characters.column
    this.#keys.save(this.#parsed + this.#tokens.length, required)
  }

  #roll(column: number, kind: TokenKind, mark: Mark, at?: number): void {
    if (this.#flow > 0 || this.#indent >= column) return
    this.#indents.push(this.#indent)
    this.#indent = column
    if (this.#indents.length > MAX_DEPTH)
      this.#characters.fail(`exceeded max depth of ${MAX_DEPTH}`, this.#keys.mark)
    this.#add(kind, mark, {}, at)
  }

  #unroll(column: number): void {
    if (this.#flow > 0) return
    while (this.#indent > column) {
      this.#add('block-end', this.#characters.mark)
      this.#indent = this.#indents.pop() ?? -1
    }
  }

  #fetchEnd(): void {
    const characters = this.#characters
    if (characters.column !== 0) {
      characters.column = 0
      characters.line++
    }
    this.#endDocument()
    this.#add('stream-end', characters.mark)
  }

  #endDocument(): void {
    this.#unroll(-1)
    this.#keys.drop()
    this.#keyAllowed = false
  }

  #fetchDirective(): void {
    this.#endDocument()
    const { mark } = this.#characters
    this.#add('directive', mark, { directive: scanDirective(this.#characters) })
  }

  #fetchIndicator(kind: TokenKind): void {
    this.#endDocument()
    this.#take(kind, 3)
  }

  #openFlow(kind: TokenKind): void {
    this.#saveKey()
    const { mark } = this.#characters
    this.#keys.openLevel()
    this.#flow++
    if (this.#flow > MAX_DEPTH) this.#characters.fail(`exceeded max depth of ${MAX_DEPTH}`, mark)
    this.#keyAllowed = true
    this.#take(kind, 1)
  }

  #closeFlow(kind: TokenKind): void {
    this.#keys.drop()
    if (this.#flow > 0) {
      this.#flow--
      this.#keys.closeLevel()
    }
    this.#keyAllowed = false
    this.#take(kind, 1)
  }

  #fetchEntry(): void {
    this.#keys.drop()
    this.#keyAllowed = true
    this.#take('flow-entry', 1)
  }

  #fetchBlockEntry(): void {
    const characters = this.#characters
    if (this.#flow === 0) {
      if (!this.#keyAllowed)
        characters.fail('block sequence entries are not allowed in this context')
      this.#roll(characters.column, 'block-sequence', characters.mark)
    }
    this.#keys.drop()
    this.#keyAllowed = true
    this.#take('block-entry', 1)
  }

  #fetchKey(): void {
    const characters = this.#characters
    if (this.#flow === 0) {
      if (!this.#keyAllowed) characters.fail('mapping keys are not allowed in this context')
      this.#roll(characters.column, 'block-mapping', characters.mark)
    }
    this.#keys.drop()
    this.#keyAllowed = this.#flow === 0
    this.#take('key', 1)
  }

  #fetchValue(): void {
    const characters = this.#characters
    const key = this.#keys.take()
    if (key !== undefined) {
      const at = key.number - this.#parsed
      this.#add('key', key.mark, {}, at)
      this.#roll(key.mark.column, 'block-mapping', key.mark, at)
      this.#keyAllowed = false
    } else {
      if (this.#flow === 0) {
        if (!this.#keyAllowed) characters.fail('mapping values are not allowed in this context')
        this.#roll(characters.column, 'block-mapping', characters.mark)
      }
      this.#keyAllowed = this.#flow === 0
    }
    this.#take('value', 1)
  }
}
