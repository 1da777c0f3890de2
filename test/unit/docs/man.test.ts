import { expect, test } from 'vitest'
import { readEntry } from '../../../src/docs/entry.ts'
import { manPage } from '../../../src/docs/man.ts'
import { sampleProgram } from './sample.ts'

const root = readEntry(sampleProgram())
const sign = root.commands[0]
if (sign === undefined) throw new TypeError('the sample has a first command')
const page = manPage(sign, root)

test('nothing in a text is taken for a request or an escape', () => {
  expect(page).toContain('Say "it\'s" [so]: \\en\n\\&.TH in a line of its own\n\\&\'br too.\n')
})

test('the sections come in the classic order', () => {
  expect([...page.matchAll(/^\.SH (.*)$/gm)].map(([, title]) => title)).toEqual([
    'NAME',
    'SYNOPSIS',
    'DESCRIPTION',
    'OPERANDS',
    'OPTIONS',
    'EXIT STATUS',
    'EXAMPLES',
    'SEE ALSO',
  ])
})

test('options can be copied: their dashes stay dashes', () => {
  expect(page).toContain('.TP\n\\fB\\-k, \\-\\-key <file>\\fR\nthe key\n')
})

test('the page of the program lists its commands by group and the variables it reads', () => {
  const titles = [...manPage(root, root).matchAll(/^\.SH (.*)$/gm)].map(([, title]) => title)
  expect(titles).toEqual(
    expect.arrayContaining(['TOKENS COMMANDS', 'KEYS COMMANDS', 'ENVIRONMENT']),
  )
})
