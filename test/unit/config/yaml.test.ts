import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseYaml, type YamlNode } from '../../../src/config/yaml.ts'
import { resolvePlain } from '../../../src/config/yaml-scalar.ts'

// Recorded from go.yaml.in/yaml/v3 v3.0.6, decoding into `any`.
test.each([
  ['yes', 'yes'],
  ['~', undefined],
  ['NULL', undefined],
  ['nUll', 'nUll'],
  ['TRUE', true],
  ['tRue', 'tRue'],
  ['014', 12n],
  ['0o14', 12n],
  ['-014', -12n],
  ['08', 8],
  ['1_000', 1000n],
  ['_1', '_1'],
  ['-0b11', -3n],
  ['0x1F', 31n],
  ['0x', '0x'],
  ['+5', 5n],
  ['-0', 0n],
  ['18446744073709551615', 18446744073709551615n],
  ['18446744073709551616', 2 ** 64],
  ['+18446744073709551615', 2 ** 64],
  ['1e3', 1000],
  ['5.', 5],
  ['.5e1', 5],
  ['-.INF', -Infinity],
  ['1e400', '1e400'],
  ['1.2.3', '1.2.3'],
  ['0.0.0.0', '0.0.0.0'],
  ['1:30', '1:30'],
])('%s is typed as go-yaml types it', (text, value) => {
  expect(resolvePlain(text)).toEqual(value)
})

function plain(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plain)
  return Object.fromEntries([...node.pairs].map(([key, { value }]) => [key, plain(value)]))
}

test('aliases are followed, merge keys applied, own keys winning over merged ones', () => {
  const read = parseYaml('a: &x {p: 1, q: 2}\nb: *x\nc:\n  <<: [{p: 5}, *x]\n  q: "3"\n')
  expect(read.ok && read.documents.map(plain)).toEqual([
    { a: { p: 1n, q: 2n }, b: { p: 1n, q: 2n }, c: { p: 5n, q: '3' } },
  ])
})

test.each([
  ['a: 1', 3, 4],
  ['\ufeffa: 1', 4, 5],
  ['a: "x\\ty"\r\n', 3, 9],
  ["a: !!str 'x'", 9, 12],
  ['b: &n 7\na: *n', 6, 7],
])('the value of a in %j stands at its own place', (text, start, end) => {
  const read = parseYaml(text)
  const [root] = read.ok ? read.documents : []
  expect(root?.kind === 'map' && root.pairs.get('a')?.value.span).toEqual({ start, end })
})

test.each([
  ['a: 1\na: 2', 'the same key stands twice in a mapping', 5],
  ['a: *b', 'an alias refers to an anchor that is not defined before it', 3],
  ['&a [*a]', 'an alias stands inside the node it refers to', 4],
  ['? [a]\n: b', 'a key that is a list or a mapping', 2],
  ['a: "x', 'not valid YAML: missing closing "quote', 5],
  ['<<: 5', '"<<" merges something that is not a mapping', 4],
])('%j is refused', (text, message, start) => {
  expect(parseYaml(text)).toMatchObject({ ok: false, limit: false, message, span: { start } })
})

const laughs = ['a: &l0 [x, x, x, x, x, x, x, x, x, x]']
for (let level = 1; level < 8; level++)
  laughs.push(
    `b${level}: &l${level} [${Array(10)
      .fill(`*l${level - 1}`)
      .join(', ')}]`,
  )

test.each([
  ['a billion laughs', laughs.join('\n'), 'more than 200000 YAML nodes'],
  ['brackets', '['.repeat(50_000), 'YAML nested more than 100 levels deep'],
  ['list items', '- '.repeat(50_000), 'YAML nested more than 100 levels deep'],
  ['keys', 'a: '.repeat(50_000), 'YAML nested more than 100 levels deep'],
  ['length', ' '.repeat(1_048_577), 'more than 1048576 characters of YAML'],
])('too much is refused with a sentence: %s', (_what, text, message) => {
  expect(parseYaml(text)).toMatchObject({ ok: false, limit: true, message })
})

test('keys that JavaScript objects treat specially are plain keys', () => {
  const read = parseYaml('__proto__: {polluted: 1}\nconstructor: 2')
  const [root] = read.ok ? read.documents : []
  expect(root?.kind === 'map' && [...root.pairs.keys()]).toEqual(['__proto__', 'constructor'])
  expect({}).not.toHaveProperty('polluted')
})

test('no text makes the reader throw', () => {
  const piece = fc.constantFrom(
    ...'ab:-?#&*!|>\'"%@`{}[],<< \n\t\r~\u{feff}\\0',
    'a: ',
    '- ',
    '---\n',
  )
  fc.assert(
    fc.property(fc.string({ unit: piece }), (text) => void parseYaml(text)),
    {
      numRuns: 2000,
    },
  )
})
