import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { parseYaml } from '../../../src/config/yaml.ts'
import { scalarPassage } from '../../../src/deploy/yaml-passage.ts'

function read(source: string): { text: string; units: string[]; whole: string } {
  const parsed = parseYaml(source)
  const [root] = parsed.ok ? parsed.documents : []
  const value = root?.kind === 'map' ? root.pairs.get('a')?.value : undefined
  if (value?.kind !== 'scalar') throw new Error(`no scalar in ${source}`)
  const { text, marks, span } = scalarPassage('f', source, value)
  const units = marks.map(({ start, end }) => source.slice(start, end))
  return { text, units, whole: source.slice(span.start, span.end) }
}

test.each([
  ['a: x y', 'x y'],
  ["a: 'it''s'", "it''s"],
  ['a: "\\x41\\u00e9\\n"', '\\x41\\u00e9\\n'],
  ['a: "\\U0001F600"', '\\U0001F600'],
  ['a: "one \\\n  two"', 'one \\\n  two'],
  ['a: !!str &n "x"', 'x'],
  ['a: ""', ''],
  ['a: |\n  one\n  two\n', 'one\n  two\n'],
  ['a: >-\n  one\n  two\n\n  three\n', 'one\n  two\n\n  three'],
  ['a: one\n  two', 'one\n  two'],
])('%j stands at %j', (source, whole) => {
  expect(read(source).whole).toBe(whole)
})

test.each([
  ["a: 'a''b'", ['a', "''", 'b']],
  ['a: "a\\tb\\\\"', ['a', '\\t', 'b', '\\\\']],
  ['a: "\\U0001F600"', ['\\U0001F600', '\\U0001F600']],
  ['a: >-\n  x\n  y', ['x', '\n', 'y']],
])('the units of %j', (source, units) => {
  expect(read(source).units).toEqual(units)
})

test('whatever the style, each unit stands where it is written', () => {
  const styles = fc.constantFrom(
    'PLAIN',
    'QUOTE_SINGLE',
    'QUOTE_DOUBLE',
    'BLOCK_LITERAL',
    'BLOCK_FOLDED',
  )
  const text = fc.string({ unit: fc.constantFrom(...'ab\'"\\ \n#:-{}$\té') })
  fc.assert(
    fc.property(text, styles, (value, style) => {
      const source = stringify({ a: value }, { defaultStringType: style, lineWidth: 20 })
      const { text: decoded, units } = read(source)
      expect(units).toHaveLength(decoded.length)
      for (const [at, unit] of units.entries()) {
        const escaped = unit.startsWith('\\') || unit === "''"
        // A folded line break stands for a blank, and the last one may stand at the end of the file.
        const blank = /^\s?$/.test(unit) && /\s/.test(decoded.charAt(at))
        expect(escaped || blank || unit === decoded.charAt(at)).toBe(true)
      }
    }),
    { numRuns: 1000 },
  )
})
