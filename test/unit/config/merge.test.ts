import { expect, test } from 'vitest'
import { mergeLayers } from '../../../src/config/merge.ts'
import type { Node } from '../../../src/config/setting.ts'
import { parseToml } from '../../../src/config/toml.ts'

function layer(text: string, file: string): Node {
  const toml = parseToml(text, file)
  if (!toml.ok) throw new Error(toml.message)
  return toml.root
}

/** Each leaf by dotted path with the layer it comes from, and each table with the layer it counts to. */
function leaves(node: Node, path = ''): Record<string, string> {
  const file = node.origin.kind === 'file' ? node.origin.file : ''
  if (node.value.kind !== 'table') return { [path]: file }
  const inner = [...node.value.entries].map(([key, child]) => leaves(child, `${path}.${key}`))
  return Object.assign({ [`${path}{}`]: file }, ...inner)
}

test.each([
  ['a.x = 1', 'a.y = 2', { '{}': 'two', '.a{}': 'two', '.a.x': 'one', '.a.y': 'two' }],
  ['a.x = 1', 'a = 2', { '{}': 'two', '.a': 'two' }],
  ['a = 1', 'a.x = 2', { '{}': 'two', '.a{}': 'two', '.a.x': 'two' }],
  ['a = [1, 2]', 'a = [3]', { '{}': 'two', '.a': 'two' }],
  [
    'a.b.c = 1\nd = 1',
    'a.b.e = 2',
    { '{}': 'two', '.a{}': 'two', '.a.b{}': 'two', '.a.b.c': 'one', '.a.b.e': 'two', '.d': 'one' },
  ],
])('%j under %j', (lower, upper, expected) => {
  expect(leaves(mergeLayers(layer(lower, 'one'), [layer(upper, 'two')]))).toEqual(expected)
})

test('the layers stay as they are', () => {
  const [one, two, three] = ['a.x = 1', 'a.y = 2', 'a.z = 3'].map((text) => layer(text, text))
  if (one === undefined || two === undefined || three === undefined) throw new Error('three layers')
  const before = [one, two, three].map((node) => leaves(node))
  mergeLayers(one, [two, three])
  mergeLayers(two, [three, one])
  expect([one, two, three].map((node) => leaves(node))).toEqual(before)
})
