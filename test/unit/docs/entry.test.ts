import { expect, test } from 'vitest'
import { pageName, readEntry, walkEntries } from '../../../src/docs/entry.ts'
import { sampleProgram } from './sample.ts'

const root = readEntry(sampleProgram())

test('every visible command has a page, the help command and hidden ones have none', () => {
  expect([...walkEntries(root)].map(pageName)).toEqual([
    'resonate-auth',
    'resonate-auth-sign',
    'resonate-auth-key',
    'resonate-auth-key-inspect',
    'resonate-auth-key-match',
  ])
})

test('an option is read with its spellings and with what its value may be', () => {
  const sign = root.commands[0]
  expect(sign?.options.map(({ names, value }) => [names.join(' '), value])).toEqual([
    ['-k --key', { kind: 'file' }],
    ['--alg', { kind: 'choice', choices: ['ES256', 'EdDSA'] }],
    ['--folder', { kind: 'directory' }],
    ['--note', { kind: 'free' }],
    ['-h --help', undefined],
  ])
})

test('an operand is read with its term and whether it repeats', () => {
  const match = [...walkEntries(root)].at(-1)
  expect(match?.operands).toEqual([
    { term: 'file', text: 'the keys', value: { kind: 'file' }, repeatable: true },
  ])
})
