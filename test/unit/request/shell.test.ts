import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AuthError } from '../../../src/errors.ts'
import { readShellCommand } from '../../../src/request/shell.ts'

test.each([
  ['blanks and tabs', 'curl  -s\thttp://h', ['curl', '-s', 'http://h']],
  ['single quotes', `a 'b "c" \\ $d'`, ['a', 'b "c" \\ $d']],
  ['double quotes', 'a "b \\"c\\" \\$d \\e \'"', ['a', `b "c" $d \\e '`]],
  ['quotes inside a word', `a'b'"c"d`, ['abcd']],
  ['an empty word', `a '' ""`, ['a', '', '']],
  ['ANSI quotes', `$'a\\n\\x41\\u00e9\\101\\''`, ["a\nAéA'"]],
  ['a continued line', 'a \\\n  b\\\nc', ['a', 'bc']],
  ['a comment', 'a b # c', ['a', 'b']],
  ['a number sign inside a word', 'a#b', ['a#b']],
  ['a pipe', 'a b | c', ['a', 'b']],
  ['a second command', 'a && b', ['a']],
  ['redirected output', 'a > out 2>&1 b 2>/dev/null', ['a', 'b']],
  ['white space that ends no word', 'a\u{a0}b \u{feff}c\rd', ['a\u{a0}b', '\u{feff}c\rd']],
  ['more blanks than a stack holds', `a ${' \\\n'.repeat(10_000_000)}b`, ['a', 'b']],
  ['a dollar that stands for itself', 'a $ "$" b$', ['a', '$', '$', 'b$']],
])('%s', (_, text, words) => {
  expect(readShellCommand(text).words).toEqual(words)
})

test.each([
  ['a here-document', "a -d @- <<'END'\n$x\n y\nEND\nb", '$x\n y\n'],
  ['an indented one', 'a <<-E\n\tx\n\tE\n', 'x\n'],
  ['one whose end is missing', 'a <<E\nx', 'x\n'],
  ['a here-string', `a <<< 'x y'`, 'x y\n'],
  ['one before another option', 'a <<E -b\nx\nE\n', 'x\n'],
  ['one before a pipe', 'a <<E | c\nx\nE\n', 'x\n'],
])('%s is the input', (_, text, input) => {
  expect(readShellCommand(text).input).toBe(input)
})

test.each([
  ['a variable', 'a $TOKEN', '$TOKEN'],
  ['a variable in quotes', `a "x \${T} y"`, `\${T}`],
  ['a substitution', 'a "$(cat t)"', '$('],
  ['back quotes', 'a `cat t`', '`'],
  ['an open single quote', "a 'b", "unclosed '"],
  ['an open double quote', 'a "b', 'unclosed "'],
])('%s is an error that names it', (_, text, named) => {
  expect(() => readShellCommand(text)).toThrow(named)
})

test('whatever is typed gives words or an AuthError', () => {
  const piece = fc.constantFrom(
    "'",
    '"',
    '\\',
    '$',
    '`',
    '\n',
    ' ',
    '<<',
    '<',
    '|',
    '#',
    'a',
    "$'",
    '\r\n',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece).map((each) => each.join('')),
        fc.string(),
      ),
      (text) => {
        try {
          return Array.isArray(readShellCommand(text).words)
        } catch (error) {
          return error instanceof AuthError
        }
      },
    ),
  )
})
