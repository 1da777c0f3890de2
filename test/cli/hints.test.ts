/** Every command line that a text of the program tells somebody to run is one that the program knows. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createEdge } from '../../src/cli/edge.ts'
import { program } from '../../src/cli/program.ts'
import { type Entry, type OptionEntry, readEntry } from '../../src/docs/entry.ts'
import { nodeHost } from '../../src/host/node-host.ts'

const root = readEntry(await program(createEdge(nodeHost())))

interface CommandLine {
  readonly path: string
  /** The words behind the name of the program; `X` stands for what is only known at run time. */
  readonly words: readonly string[]
}

/** A command line as the texts quote it: after a quote, a bracket or a colon, up to the next sign of a shell. */
const QUOTED = /(?<=["'`(]|: )resonate-auth((?: +(?:\$\{[^}]*\}|[^\s"'`()<>|;,\\])+)+)/g

const lines: readonly CommandLine[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => {
    const path = join('src', name)
    return commandLines(readFileSync(path, 'utf8')).map((words) => ({ path, words }))
  })

function commandLines(source: string): readonly (readonly string[])[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  return [...code.matchAll(QUOTED)].map(([, words = '']) =>
    words
      .replace(/ \$\{[^}]*\}/g, ' X')
      .replace(/\$\{[^}]*\}/g, '')
      .trim()
      .split(/ +/),
  )
}

/** What is wrong with a command line; undefined when the tree knows all of it. */
function complain(entry: Entry, [word = '', ...rest]: readonly string[]): string | undefined {
  if (entry.commands.length === 0) return complainAboutWords(entry, [word, ...rest])
  if (word === '' || word === '--help') return undefined
  const command = entry.commands.find(
    ({ path, aliases }) => path.at(-1) === word || aliases.includes(word),
  )
  return command === undefined ? `no command ${word}` : complain(command, rest)
}

function complainAboutWords(entry: Entry, words: readonly string[]): string | undefined {
  const end = words.indexOf('--')
  const own = (end === -1 ? words : words.slice(0, end)).filter((word) => word !== '')
  let operands = 0
  for (let at = 0; at < own.length; at++) {
    const [name = '', value] = (own[at] ?? '').split('=', 2)
    if (!/^-./.test(name)) {
      operands++
      continue
    }
    const option = entry.options.find(({ names }) => names.includes(name))
    if (option === undefined) return `no option ${name}`
    if (option.value === undefined || option.optional) continue
    const given = value ?? own[++at]
    if (given !== undefined && !fits(option, given)) return `${name} does not take ${given}`
  }
  const room = entry.operands.some(({ repeatable }) => repeatable)
    ? Number.POSITIVE_INFINITY
    : entry.operands.length
  return operands > room ? `${operands} operands` : undefined
}

/** Capitals are a placeholder and fit everywhere. */
function fits({ value }: OptionEntry, given: string): boolean {
  return value?.kind !== 'choice' || /^[A-Z]+$/.test(given) || value.choices.includes(given)
}

test('the texts quote command lines, and those with operands and options are found', () => {
  expect(lines.map(({ words }) => words.join(' '))).toEqual(
    expect.arrayContaining(['keygen', 'mint --key FILE', 'key match PRIVATE PUBLIC']),
  )
})

test('every quoted command line names a command and options that exist', () => {
  const wrong = lines.flatMap(({ path, words }) => {
    const problem = complain(root, words)
    return problem === undefined ? [] : [`${path}: ${words.join(' ')}: ${problem}`]
  })
  expect(wrong).toEqual([])
})

test.each([
  ['bogus', 'no command bogus'],
  ['key bogus FILE', 'no command bogus'],
  ['mint --bogus', 'no option --bogus'],
  ['keygen --type dsa', '--type does not take dsa'],
  ['key match A B C', '3 operands'],
  ['key match A B', undefined],
  ['keygen --type=rsa --out - --force', undefined],
  ['config -- --anything', undefined],
])('%s: %s', (line, problem) => {
  expect(complain(root, line.split(' '))).toBe(problem)
})
