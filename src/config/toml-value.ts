import type { Node, Origin, Value } from './setting.ts'
import type { TomlCursor } from './toml-cursor.ts'
import { invalid, TomlFailure } from './toml-failure.ts'
import { readDateOrNumber, specialFloat } from './toml-number.ts'
import { readString } from './toml-string.ts'
import { closeTable, insert, type KeyPart, NESTING_LIMIT, openTable, readKey } from './toml-tree.ts'

/**
 * One value (toml_edit src/parser/value.rs). The failure is returned where a list may end instead, else thrown; it is
 * the same in either case to whoever needs a value.
 */
export function readValue(cursor: TomlCursor, file: string): Node | TomlFailure {
  const start = cursor.at
  const value = readTyped(cursor, file)
  if (value instanceof TomlFailure) return value
  const origin: Origin = { kind: 'file', file, span: { start, end: cursor.at } }
  return { value, origin }
}

const NEEDS_QUOTES = invalid('string', '`"`', "`'`")

function readTyped(cursor: TomlCursor, file: string): Value | TomlFailure {
  switch (cursor.next) {
    case '':
      return new TomlFailure(cursor.at, '')
    case '"':
    case "'":
      return { kind: 'string', value: readString(cursor) }
    case '[':
      return readNested(cursor, file, readArray)
    case '{':
      return readNested(cursor, file, readInlineTable)
    case '_':
      return new TomlFailure(cursor.at, invalid('integer', 'leading digit'))
    case '.':
      return new TomlFailure(cursor.at, invalid('floating-point number', 'leading digit'))
    case 't':
    case 'f':
      return readBoolean(cursor)
    case 'i':
    case 'n':
      return readSpecialFloat(cursor)
  }
  if (cursor.peek(/[-+0-9]/y) !== '') return readDateOrNumber(cursor)
  return new TomlFailure(cursor.at, NEEDS_QUOTES)
}

function readBoolean(cursor: TomlCursor): Value {
  const word = cursor.take(/true|false/y)
  if (word === '') throw new TomlFailure(cursor.at, NEEDS_QUOTES)
  return { kind: 'bool', value: word === 'true' }
}

function readSpecialFloat(cursor: TomlCursor): Value | TomlFailure {
  const word = cursor.take(/inf|nan/y)
  if (word === '') return new TomlFailure(cursor.at, NEEDS_QUOTES)
  return { kind: 'float', value: specialFloat(word) }
}

function readNested(
  cursor: TomlCursor,
  file: string,
  read: (cursor: TomlCursor, file: string) => Value,
): Value {
  if (cursor.depth + 1 >= NESTING_LIMIT)
    throw new TomlFailure(cursor.at, 'recursion limit exceeded')
  cursor.at += 1
  cursor.depth += 1
  const value = read(cursor, file)
  cursor.depth -= 1
  return value
}

function readArray(cursor: TomlCursor, file: string): Value {
  const items: Node[] = []
  if (cursor.eat(']')) return { kind: 'array', items }
  for (;;) {
    const before = cursor.at
    if (items.length > 0 && !cursor.eat(',')) break
    const item = readArrayItem(cursor, file)
    if (item === undefined) {
      cursor.rewind(before)
      break
    }
    items.push(item)
  }
  if (items.length > 0) cursor.eat(',')
  const failure = cursor.skipLines()
  if (failure !== undefined) throw failure
  if (!cursor.eat(']')) throw new TomlFailure(cursor.at, invalid('array', '`]`'))
  return { kind: 'array', items }
}

function readArrayItem(cursor: TomlCursor, file: string): Node | undefined {
  if (cursor.skipLines() !== undefined) return undefined
  const item = readValue(cursor, file)
  if (item instanceof TomlFailure || cursor.skipLines() !== undefined) return undefined
  return item
}

function readInlineTable(cursor: TomlCursor, file: string): Value {
  const start = cursor.at
  const table = openTable({ start, end: start })
  const pairs: { key: readonly KeyPart[]; node: Node }[] = []
  for (;;) {
    const before = cursor.at
    if (pairs.length > 0 && !cursor.eat(',')) break
    const key = readKey(cursor)
    if (key instanceof TomlFailure) {
      cursor.rewind(before)
      break
    }
    pairs.push({ key, node: readKeyedValue(cursor, file, key) })
    cursor.skipBlanks()
  }
  cursor.skipBlanks()
  for (const { key, node } of pairs) {
    const failure = insert(table, key, { kind: 'value', node })
    if (failure !== undefined) throw new TomlFailure(start, failure)
  }
  if (!cursor.eat('}')) throw new TomlFailure(cursor.at, invalid('inline table', '`}`'))
  return closeTable(table, file).value
}

/** `= value` after `key`, with the place of the key's last part. Throws TomlFailure. */
export function readKeyedValue(cursor: TomlCursor, file: string, key: readonly KeyPart[]): Node {
  if (!cursor.eat('=')) throw new TomlFailure(cursor.at, invalid(undefined, '`.`', '`=`'))
  cursor.skipBlanks()
  const node = readValue(cursor, file)
  if (node instanceof TomlFailure) throw node
  const last = key.at(-1)
  return last === undefined ? node : { ...node, key: { kind: 'file', file, span: last.span } }
}
