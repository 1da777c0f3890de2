import { expect, test } from 'vitest'
import { passageAt, readPassage } from '../../../src/deploy/passage.ts'
import { splitShellCommand } from '../../../src/deploy/shell-command.ts'

const variables = new Map([
  ['A', 'a'],
  ['TWO', 'x y'],
  ['EMPTY', ''],
])

function split(script: string): readonly (string | undefined)[] | undefined {
  const command = splitShellCommand(passageAt('f', script, 0), (name) => {
    const value = variables.get(name)
    return value === undefined ? { unknown: 'not here' } : { value }
  })
  return command?.words.map((word) => {
    const read = readPassage(word)
    return 'value' in read ? read.value : undefined
  })
}

// The words were compared with `dash -c` printing its arguments.
test.each([
  ['resonate serve', ['resonate', 'serve']],
  ['  a \t b  ', ['a', 'b']],
  ['\n\n  a b\n', ['a', 'b']],
  ['a \'b c\' "d e"f\\ g', ['a', 'b c', 'd ef g']],
  ['a \'\' ""', ['a', '', '']],
  ['a "\\$A \\q \\""', ['a', '$A \\q "']],
  ["a '\\'b", ['a', '\\b']],
  ['a \\\n b', ['a', 'b']],
  [`a $A \${A}b "$TWO"`, ['a', 'a', 'ab', 'x y']],
  [`a $EMPTY "$EMPTY" \${EMPTY:-d}`, ['a', '', 'd']],
  ['X=1 a', ['a']],
  ['a b#c x=~', ['a', 'b#c', 'x=~']],
  ['a $ b', ['a', '$', 'b']],
])('%j is %j', (script, words) => {
  expect(split(script)).toEqual(words)
})

test('a value that a shell would split, or that is not known, is not known', () => {
  expect(split(`a $TWO \${NONE}`)).toEqual(['a', undefined, undefined])
})

test.each([
  'a; b',
  'a && b',
  'a | b',
  'a > f',
  'a &',
  'a $(b)',
  'a `b`',
  'a *.pem',
  'a\nb',
  'a # b',
  '(a)',
  '{ a; }',
  '~/a',
  '! a',
  'a $1',
  `a \${A#x}`,
  'a "b',
  "a 'b",
])('%j is more than a simple command', (script) => {
  expect(split(script)).toBeUndefined()
})

test('a word that variables make longer than any argument is not followed to the end', () => {
  const long = (): { readonly value: string } => ({ value: 'x'.repeat(100_000) })
  const script = (times: number) => passageAt('f', `a ${'$A'.repeat(times)}`, 0)
  expect(splitShellCommand(script(1), long)?.words.length).toBe(2)
  expect(splitShellCommand(script(10_000), long)).toBe(undefined)
})
