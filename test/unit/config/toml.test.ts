import fc from 'fast-check'
import { parseTOML } from 'toml-eslint-parser'
import { expect, test } from 'vitest'
import { IndexedText } from '../../../src/config/position.ts'
import type { Node, Value } from '../../../src/config/setting.ts'
import { parseToml } from '../../../src/config/toml.ts'

function plain(value: Value): unknown {
  switch (value.kind) {
    case 'array':
      return value.items.map((item) => plain(item.value))
    case 'table':
      return Object.fromEntries([...value.entries].map(([key, node]) => [key, plain(node.value)]))
    case 'unknown':
      return undefined
    default:
      return value.value
  }
}

function read(text: string): unknown {
  const toml = parseToml(text, 'f.toml')
  return toml.ok ? plain(toml.root.value) : toml.message
}

test.each<[string, unknown]>([
  ['', {}],
  ['\u{feff}a = 1', { a: 1n }],
  ['a.b."c.d" = true', { a: { b: { 'c.d': true } } }],
  ['[a]\nb = 1\r\n[a.c]\nd = 2 # e', { a: { b: 1n, c: { d: 2n } } }],
  ['[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2', { a: [{ b: 1n }, { c: { d: 2n } }] }],
  ['[a.b.c]\n[a]\nd = 1', { a: { b: { c: {} }, d: 1n } }],
  ['a = { b = [ 1, # x\n 2, ], c.d = "e" }', { a: { b: [1n, 2n], c: { d: 'e' } } }],
  [
    'a = 9223372036854775807\nb = -9_223_372_036_854_775_808',
    { a: 2n ** 63n - 1n, b: -(2n ** 63n) },
  ],
  ['a = 0xDEAD_beef\nb = 0o17\nc = 0b101', { a: 0xdeadbeefn, b: 15n, c: 5n }],
  ['a = 1_0.5e+3\nb = -inf\nc = -0.0\nd = 1e400_', 'invalid floating-point number\nexpected digit'],
  ['a = 10.5e+3\nb = -inf\nc = -0.0\nd = -1e400', { a: 10500, b: -Infinity, c: -0, d: -Infinity }],
  ['a = 2024-02-29 10:00:00.5Z\nb = 07:32:00', { a: '2024-02-29 10:00:00.5Z', b: '07:32:00' }],
  ['a = "\\u00e9\\U0001F600\\t"', { a: 'é😀\t' }],
  ['a = """\n x\\\n   y""z"""""', { a: ' xy""z""' }],
  ["a = '''\n\\x''y''''", { a: "\\x''y'" }],
  ['__proto__.x = 1\n[constructor]\ny = 2', { ['__proto__']: { x: 1n }, constructor: { y: 2n } }],
])('%j reads as %o', (text, value) => {
  expect(read(text)).toEqual(value)
})

test('a key called __proto__ stays a key', () => {
  const toml = parseToml('[__proto__]\nx = 1', 'f.toml')
  expect(
    toml.ok && toml.root.value.kind === 'table' && [...toml.root.value.entries.keys()],
  ).toEqual(['__proto__'])
  expect(({} as Record<string, unknown>)['x']).toBe(undefined)
})

/** Where and why a text is refused: line, column in characters, words. */
function refusal(text: string): unknown {
  const toml = parseToml(text, 'f.toml')
  if (toml.ok) return 'accepted'
  const { line, column } = new IndexedText(text).positionAt(toml.at)
  return [line, column, toml.message]
}

const QUOTES = 'invalid string\nexpected `"`, `\'`'
const LINE_END = 'expected newline, `#`'

test.each<[string, unknown]>([
  ['a = x', [1, 5, QUOTES]],
  ['a =', [1, 4, '']],
  ['a = "é" x', [1, 9, LINE_END]],
  ['a = 01', [1, 6, LINE_END]],
  ['a = 1_', [1, 7, 'invalid integer\nexpected digit']],
  ['a = 9223372036854775808', [1, 5, 'number too large to fit in target type']],
  ['a = 1e400', [1, 5, 'invalid floating-point number']],
  ['a = 2023-02-29', [1, 13, 'invalid date-time\nvalue is out of range']],
  ['a = 10:00', [1, 10, 'invalid time']],
  ['a = [1, 2', [1, 10, 'invalid array\nexpected `]`']],
  ['a = [1 # c', [1, 6, 'invalid array\nexpected `]`']],
  ['a = [ # c', [1, 10, '']],
  ['a = { b = 1,\n}', [1, 12, 'invalid inline table\nexpected `}`']],
  ['a = { b = 1, b = 2 }', [1, 6, 'duplicate key `b`']],
  ['a = 1\na = 2', [2, 1, 'duplicate key `a` in document root']],
  ['[a]\nb = 1\nb = 2', [3, 1, 'duplicate key `b` in table `a`']],
  ['[a]\n[a]', [2, 1, 'invalid table header\nduplicate key `a` in document root']],
  ['["a b"]\n["a b"]', [2, 1, 'invalid table header\nduplicate key `"a b"` in document root']],
  ['a.b = 1\n[a]', [2, 1, 'invalid table header\nduplicate key `a` in document root']],
  ['a = 1\na.b = 2', [2, 1, 'dotted key `a` attempted to extend non-table type (integer)']],
  ['[a.b]\n[a]\nb.c = 1', [3, 1, 'duplicate key `b`']],
  ['# \u0001', [1, 3, '']],
  ['a = 1\r', [1, 6, LINE_END]],
  ['\ra = 1', [1, 1, '']],
  ['[a', [1, 3, 'invalid table header\nexpected `.`, `]`']],
  ['[a]]', [1, 4, `invalid table header\n${LINE_END}`]],
  ['a = """x', [1, 9, 'invalid multiline basic string']],
  ["a = 'x\n'", [1, 7, 'invalid literal string']],
  [
    'a = "\\x"',
    [1, 8, 'invalid escape sequence\nexpected `b`, `f`, `n`, `r`, `t`, `u`, `U`, `\\`, `"`'],
  ],
  ['a = "\\ud800"', [1, 8, 'invalid unicode 4-digit hex code\nvalue is out of range']],
])('%j is refused at %o', (text, expected) => {
  expect(refusal(text)).toEqual(expected)
})

test('79 nested lists are read, 80 are not; so with inline tables and the parts of a key', () => {
  const lists = (depth: number): string => `a = ${'['.repeat(depth)}${']'.repeat(depth)}`
  const tables = (depth: number): string => `a = ${'{a='.repeat(depth)}1${'}'.repeat(depth)}`
  const parts = (depth: number): string => `${'a.'.repeat(depth - 1)}a = 1`
  for (const make of [lists, tables, parts]) {
    expect(refusal(make(79))).toBe('accepted')
    expect(refusal(make(80))).toEqual([1, expect.any(Number), 'recursion limit exceeded'])
  }
})

function nodeAt(text: string, ...path: readonly string[]): Node | undefined {
  const toml = parseToml(text, 'f.toml')
  let node = toml.ok ? toml.root : undefined
  for (const name of path)
    node = node?.value.kind === 'table' ? node.value.entries.get(name) : undefined
  return node
}

test.each<[string, readonly string[], string, string]>([
  ['a = "x" # c', ['a'], 'a', '"x"'],
  ['a . "b" = [1]', ['a', 'b'], '"b"', '[1]'],
  ['[ a . b ]\nc = 1', ['a', 'b'], 'b', '[ a . b ]'],
  ['[a.b]\nc = 1', ['a'], 'a', 'a'],
  ['x = { y = { z = 2 } }', ['x', 'y', 'z'], 'z', '2'],
  ['[[t]]\nu = 1\n[[t]]', ['t'], 't', '[[t]]'],
])('%j: %j is named at %j and stands at %j', (text, path, key, value) => {
  const node = nodeAt(text, ...path)
  const cut = (origin: Node['origin'] | undefined): string | undefined =>
    origin?.kind === 'file' ? text.slice(origin.span.start, origin.span.end) : undefined
  expect(cut(node?.key)).toBe(key)
  expect(cut(node?.origin)).toBe(value)
})

test('comments are found where they stand, and "#" in a text is none', () => {
  const text = '# one\na = "#" # two\nb = [ # three\n]'
  const toml = parseToml(text, 'f.toml')
  const comments = toml.ok ? toml.comments.map(({ start, end }) => text.slice(start, end)) : []
  expect(comments).toEqual(['# one', '# two', '# three'])
})

test('another reader of TOML 1.0 takes every text that is taken, and none that is refused', () => {
  const key = fc.constantFrom('a', 'b', '"c d"', "'e'", 'a.b', 'a . b')
  const value = fc.constantFrom(
    '1',
    '-0x1',
    '0x1',
    '"x"',
    "'''y'''",
    '[1,]',
    '[1',
    '{ a = 1 }',
    '{ a = 1, }',
    '1.5',
    '1.',
    '2024-01-01',
    '2024-13-01',
    'true',
    'x',
    '"\\n"',
    '"\\q"',
    '[{ b = [] }]',
  )
  const line = fc.oneof(
    fc.tuple(key, value).map(([name, written]) => `${name} = ${written}`),
    key.map((name) => `[${name}]`),
    key.map((name) => `[[${name}]]`),
    fc.constantFrom('', '# c', ' ', 'a', '= 1', 'a = 1 b = 2'),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const text = lines.join('\n')
      expect([text, parseToml(text, 'f.toml').ok]).toEqual([text, isToml(text)])
    }),
  )
})

function isToml(text: string): boolean {
  try {
    parseTOML(text, { tomlVersion: '1.0' })
    return true
  } catch {
    return false
  }
}
