import type { Node, Span } from './setting.ts'
import { TomlCursor } from './toml-cursor.ts'
import { because, invalid, TomlFailure } from './toml-failure.ts'
import {
  closeTable,
  descend,
  insert,
  type KeyPart,
  type OpenTable,
  openTable,
  readKey,
} from './toml-tree.ts'
import { readKeyedValue } from './toml-value.ts'

/** `at` is the UTF-16 offset where it went wrong; `message` is toml_edit's, may be empty, and quotes no value. */
export type TomlRead =
  | { readonly ok: true; readonly root: Node; readonly comments: readonly Span[] }
  | { readonly ok: false; readonly at: number; readonly message: string }

/**
 * Reads TOML 1.0 as toml_edit 0.22.27 does, which the Rust server's release is locked to, with the place of every key
 * and value: the same texts are refused, at the same place, in the same words. `text` may begin with a byte order
 * mark; `file` is the name that origins carry. Linear; nesting is limited to 79 levels.
 */
export function parseToml(text: string, file: string): TomlRead {
  const cursor = new TomlCursor(text)
  try {
    const root = new Document(cursor, file).read()
    return { ok: true, root, comments: cursor.comments }
  } catch (error) {
    if (!(error instanceof TomlFailure)) throw error
    return { ok: false, at: error.at, message: error.message }
  }
}

const LINE_END = ['newline', '`#`']
const HEADER = 'table header'

class Document {
  readonly #cursor: TomlCursor
  readonly #file: string
  readonly #root: OpenTable
  #table: OpenTable
  #path: readonly KeyPart[] = []

  constructor(cursor: TomlCursor, file: string) {
    this.#cursor = cursor
    this.#file = file
    this.#root = openTable({ start: 0, end: cursor.text.length })
    this.#table = this.#root
  }

  read(): Node {
    const cursor = this.#cursor
    cursor.eat('\u{feff}')
    for (cursor.skipBlanks(); !cursor.atEnd; cursor.skipBlanks()) {
      if (cursor.next === '#') this.#endLine()
      else if (cursor.next === '[') this.#readHeader()
      else if (!cursor.eatNewline()) this.#readKeyValue()
    }
    return closeTable(this.#root, this.#file)
  }

  /** Steps over blanks, a comment and the line's end. */
  #endLine(label?: string, ...expected: readonly string[]): void {
    const cursor = this.#cursor
    cursor.skipBlanks()
    cursor.eatComment()
    if (!cursor.atEnd && !cursor.eatNewline())
      throw new TomlFailure(cursor.at, invalid(label, ...expected))
  }

  #readKeyValue(): void {
    const cursor = this.#cursor
    if (cursor.next === '\r') throw new TomlFailure(cursor.at, '')
    const start = cursor.at
    const key = readKey(cursor)
    if (key instanceof TomlFailure) throw key
    const node = readKeyedValue(cursor, this.#file, key)
    this.#endLine(undefined, ...LINE_END)
    const failure = insert(this.#table, key, { kind: 'value', node }, this.#path)
    if (failure !== undefined) throw new TomlFailure(start, failure)
  }

  #readHeader(): void {
    const cursor = this.#cursor
    const start = cursor.at
    if (start + 1 >= cursor.text.length) throw new TomlFailure(start, invalid(HEADER))
    const isList = cursor.eat('[[')
    if (!isList) cursor.eat('[')
    const keyAt = cursor.at
    const key = readKey(cursor)
    if (key instanceof TomlFailure)
      throw key.at === keyAt && key.message.startsWith('recursion')
        ? new TomlFailure(keyAt, because(HEADER, key.message))
        : key
    const close = isList ? ']]' : ']'
    if (!cursor.eat(close)) throw new TomlFailure(cursor.at, invalid(HEADER, '`.`', `\`${close}\``))
    const span = { start, end: cursor.at }
    this.#endLine(HEADER, ...LINE_END)
    const failure = isList ? this.#startListTable(key, span) : this.#startTable(key, span)
    if (failure !== undefined) throw new TomlFailure(start, because(HEADER, failure))
  }

  #startTable(key: readonly [KeyPart, ...KeyPart[]], span: Span): string | undefined {
    const { parent, last } = this.#descendTo(key)
    if (typeof parent === 'string') return parent
    const there = parent.entries.get(last.name)
    if (there !== undefined && !(there.kind === 'table' && isExtensible(there.table)))
      return duplicateName(last.name, key)
    const table = there?.kind === 'table' ? there.table : openTable(span)
    table.implicit = false
    table.span = span
    table.key = last.span
    parent.entries.set(last.name, { kind: 'table', table })
    this.#enter(table, key)
    return undefined
  }

  #startListTable(key: readonly [KeyPart, ...KeyPart[]], span: Span): string | undefined {
    const { parent, last } = this.#descendTo(key)
    if (typeof parent === 'string') return parent
    const there = parent.entries.get(last.name)
    if (there !== undefined && there.kind !== 'tables') return duplicateName(last.name, key)
    const table = openTable(span)
    table.key = last.span
    if (there === undefined)
      parent.entries.set(last.name, { kind: 'tables', tables: [table], key: last.span })
    else there.tables.push(table)
    this.#enter(table, key)
    return undefined
  }

  #descendTo(key: readonly [KeyPart, ...KeyPart[]]): { parent: OpenTable | string; last: KeyPart } {
    return {
      parent: descend(this.#root, key.slice(0, -1), false),
      last: key.at(-1) ?? key[0],
    }
  }

  #enter(table: OpenTable, path: readonly KeyPart[]): void {
    this.#table = table
    this.#path = path
  }
}

function isExtensible(table: OpenTable): boolean {
  return table.implicit && !table.dotted
}

function duplicateName(name: string, key: readonly KeyPart[]): string {
  const path = key.slice(0, -1).map((part) => part.name)
  const place = path.length === 0 ? 'document root' : `table \`${path.join('.')}\``
  return `duplicate key \`${writeKey(name)}\` in ${place}`
}

/** `name` as toml_write would write it as a key: bare, else in double quotes, else in single ones. */
function writeKey(name: string): string {
  if (/^[A-Za-z0-9_-]+$/.test(name)) return name
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these need escapes
  const needsEscapes = /[\x00-\x08\x0a-\x1f\x7f]/.test(name)
  if (!needsEscapes && !/["\\]/.test(name)) return `"${name}"`
  if (!needsEscapes && !name.includes("'")) return `'${name}'`
  return JSON.stringify(name)
}
