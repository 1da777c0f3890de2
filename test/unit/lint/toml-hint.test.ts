import { expect, test } from 'vitest'
import { runSample } from '../../lint/sample-facts.ts'

test.each([
  ['publickey = none', 'put the text into double quotes'],
  ['publickey = ./public.pem # the key', 'put the text into double quotes'],
  ['debug = True', 'write true or false, in lower case'],
  ['publickey: "public.pem"', 'join a key and its value with "=", not ":"'],
  ['path = "C:\\keys\\p.pem"', "double the backslash, or use single quotes: 'C:\\keys'"],
  ['allow_origins = [*]', 'put quotes around the star: ["*"]'],
  ['publickey = “public.pem”', 'use plain quotes (") instead of typographic ones'],
  ['publickey =\u00a0"public.pem"', 'use a plain blank: there is a no-break space in this line'],
  ['; a comment', 'begin comments with "#"'],
  ['// a comment', 'begin comments with "#"'],
  ['export A=b', 'this is a line of a shell or an env file: set it as a variable'],
  ['publickey = "public.pem', 'close the string with a double quote'],
  ['allow_origins = ["https://a"', 'close the list with "]"'],
  ['[auth', 'close the name of the table with "]"'],
  ['{ "auth": {} }', 'this looks like JSON: a configuration has lines such as key = "value"'],
  ['publickey =', 'write a value behind the "="'],
  ['a = 1\na = 2', 'keep one of the two: a key may be set once'],
])('about %j it is said: %s', async (line, hint) => {
  const { diagnostics } = await runSample({ files: { 'resonate.toml': `[auth]\n${line}\n` } })
  expect(diagnostics.map(({ rule, mend }) => [rule.id, mend])).toEqual([['RA001', hint]])
})
