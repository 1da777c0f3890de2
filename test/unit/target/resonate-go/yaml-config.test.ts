import { expect, test } from 'vitest'
import { type Held, plainOf } from '../../../../src/target/resonate-go/held.ts'
import { holdYaml } from '../../../../src/target/resonate-go/yaml-config.ts'

function read(text: string): unknown {
  const held = holdYaml(Buffer.from(text), 'resonate.yaml')
  if (held.kind === 'refused') return held.message
  if (held.kind === 'unknown') return { unknown: held.decides }
  const values = [...held.entries].map(([name, value]) => [name, show(value)] as const)
  return Object.fromEntries(values)
}

function show(held: Held): unknown {
  const plain = plainOf(held)
  return plain instanceof Map ? Object.fromEntries(plain) : plain
}

// Recorded from go.yaml.in/yaml/v3 v3.0.4, decoding into map[string]any.
test.each([
  ['a: b: c\n', 'yaml: mapping values are not allowed in this context'],
  ['a: [\n', 'yaml: line 1: did not find expected node content'],
  ['a: {b\n', "yaml: line 1: did not find expected ',' or '}'"],
  ['\ta: b\n', 'yaml: found character that cannot start any token'],
  ['a:\n\tb: c\n', 'yaml: line 2: found character that cannot start any token'],
  ['a: "b\n', 'yaml: line 2: found unexpected end of stream'],
  ["a: 'b\n", 'yaml: line 2: found unexpected end of stream'],
  ['a: "\\q"\n', 'yaml: found unknown escape character'],
  ['- a\nb: c\n', "yaml: line 1: did not find expected '-' indicator"],
  ['a: b\n- c\n', 'yaml: line 1: did not find expected key'],
  ['a: &\n', 'yaml: did not find expected alphabetic or numeric character'],
  ['a: *x\n', "yaml: unknown anchor 'x' referenced"],
  ['a: @b\n', 'yaml: found character that cannot start any token'],
  ['a: `b\n', 'yaml: found character that cannot start any token'],
  ['a: %b\n', 'yaml: found character that cannot start any token'],
  ['%YAML 2.0\n---\na: b\n', 'yaml: found incompatible YAML document'],
  ['%YAML 1.1\na: b\n', 'yaml: line 2: mapping values are not allowed in this context'],
  ['%FOO x\n---\na: b\n', 'yaml: found unknown directive name'],
  ['a: |9x\n', 'yaml: did not find expected comment or line break'],
  ['a: |0\n', 'yaml: found an indentation indicator equal to 0'],
  ['a: !<x\n', "yaml: did not find the expected '>'"],
  ['a: !x!y z\n', 'yaml: found undefined tag handle'],
  ['a: b\na: c\n', 'yaml: unmarshal errors:\n  line 2: mapping key "a" already defined at line 1'],
  [
    'a\n',
    'yaml: unmarshal errors:\n  line 1: cannot unmarshal !!str `a` into map[string]interface {}',
  ],
  [
    '[]\n',
    'yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into map[string]interface {}',
  ],
  [
    '- a\n',
    'yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into map[string]interface {}',
  ],
  ['a: b\n c: d\n', 'yaml: line 2: mapping values are not allowed in this context'],
  ["a: 'x'y\n", 'yaml: did not find expected key'],
  ['a: [b]c\n', 'yaml: did not find expected key'],
  ['a: ]\n', 'yaml: did not find expected node content'],
  ['{a: b\n', "yaml: line 1: did not find expected ',' or '}'"],
  ['a: !!int x\n', 'yaml: cannot decode !!str `x` as a !!int'],
  ['a: \u0007\n', 'yaml: control characters are not allowed'],
  ['key\nother: x\n', 'yaml: line 2: mapping values are not allowed in this context'],
  ['a:\n  - b\n c: d\n', 'yaml: line 2: did not find expected key'],
  [': a\n', 'yaml: did not find expected key'],
  ['? [a]\n: b\n', 'yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into string'],
  ['a: [b, , c]\n', 'yaml: did not find expected node content'],
  ['a: "\\x4"\n', 'yaml: did not find expected hexdecimal number'],
  ['a: "\\uD800"\n', 'yaml: found invalid Unicode character escape code'],
  ['<<: x\na: b\n', 'yaml: map merge requires map or sequence of maps as the value'],
  ['a: &x [*x]\n', "yaml: anchor 'x' value contains itself"],
  ['a: |2\n x\n', 'yaml: line 1: did not find expected key'],
  [
    '!!map text\n',
    'yaml: unmarshal errors:\n  line 1: cannot unmarshal !!maptext into map[string]interface {}',
  ],
  [
    '? {a: {b: 18446744073709551615}}\n: c\n',
    'yaml: unmarshal errors:\n  line 1: cannot unmarshal !!map into string',
  ],
  [
    'a: {? {b: 18446744073709551615} : c}\n',
    'yaml: invalid map key: map[string]interface {}{"b":0xffffffffffffffff}',
  ],
])('%j is refused as yaml v3 refuses it', (text, message) => {
  expect(read(text)).toBe(message)
})

test('a key of more than 1024 characters is none', () => {
  const message = 'yaml: mapping values are not allowed in this context'
  expect(read(`${'x'.repeat(1025)}: b\n`)).toBe(message)
  expect(read(`"${'x'.repeat(1025)}": b\n`)).toBe(message)
  expect(read(`${'x'.repeat(1024)}: b\n`)).toEqual({ ['x'.repeat(1024)]: 'b' })
})

// Recorded from go.yaml.in/yaml/v3 v3.0.4, names in lower case as viper v1.21.0 makes them.
test.each([
  ['', {}],
  ['A: B\n', { a: 'B' }],
  ['\ufeffa: b\n', { a: 'b' }],
  ['a: b\n\ufeffc: d\n', { a: 'b', '\ufeffc': 'd' }],
  ['a: b\n---\nb: [\n', { a: 'b' }],
  ['a: b\n...\nc: d\n', { a: 'b' }],
  ['a: b\n  c\nd: e\n', { a: 'b c', d: 'e' }],
  ['  a: b\n c: d\n', { a: 'b' }],
  ['a: {b: c, d}\n', { a: { b: 'c', d: undefined } }],
  ['&a a: *a\n', { a: 'a' }],
  ['a: b#c\n', { a: 'b#c' }],
  ['a: |\n x\n  y\n', { a: 'x\n y\n' }],
  ['a: >+\n\n', { a: '\n' }],
])('%j is read as yaml v3 reads it', (text, value) => {
  expect(read(text)).toEqual(value)
})

test('names that reach into JavaScript are names like any other', () => {
  const held = holdYaml(Buffer.from('__proto__: {polluted: 1}\nconstructor: x\n'), 'resonate.yaml')
  expect(held.kind === 'read' && [...held.entries.keys()]).toEqual(['__proto__', 'constructor'])
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

test('aliases of aliases of aliases are not written out', () => {
  const lines = [...'bcdefghijklmn'].map((name, index) => {
    const before = 'abcdefghijklm'.charAt(index)
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`
  })
  const text = ['a: &a [x, x, x, x, x, x, x, x, x]', ...lines].join('\n')
  expect(read(text)).toBe('yaml: document contains excessive aliasing')
})

test.each([
  ['a: b\n', ''],
  ['a: b\n---\nc: d\n', 'c: d\n'],
  ['a: b\n...\nc: d\n', 'c: d\n'],
])('behind the first document of %j stands %j', (text, rest) => {
  const held = holdYaml(Buffer.from(text), 'resonate.yaml')
  expect(text.slice(held.kind === 'read' ? held.end : 0).replace(/^(?:---|\.\.\.)?\s*/, '')).toBe(
    rest,
  )
})
