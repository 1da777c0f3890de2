import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createEdge } from '../../src/cli/edge.ts'
import { program } from '../../src/cli/program.ts'
import { type Entry, readEntry } from '../../src/docs/entry.ts'
import { nodeHost } from '../../src/host/node-host.ts'

const root = readEntry(program(createEdge(nodeHost())))

/** Named by messages and still to be built; each leaves this list with its command. */
const NOT_YET: readonly string[] = ['rotate', 'migrate', 'secret', 'exec', '--from']

/** Command lines that messages recommend, with the file they stand in. */
const recommended = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) =>
    [...readFileSync(join('src', name), 'utf8').matchAll(/"resonate-auth ([a-z][^"\n]*)"/g)].map(
      ([, line = '']) => ({ name, line }),
    ),
  )

/** What in `line` no command takes: a command or an option. */
function unknownWords(line: string): string[] {
  const words = line.split(' ')
  let entry: Entry = root
  for (const word of words) {
    const next = entry.commands.find(
      ({ path, aliases }) => path.at(-1) === word || aliases.includes(word),
    )
    if (next === undefined) break
    entry = next
  }
  if (entry === root) return words.slice(0, 1).filter((word) => !word.includes('$'))
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
  return own.filter(
    (word) =>
      /^--?[a-z]/.test(word) &&
      !entry.options.some(({ names }) => names.includes(word.replace(/=.*/, ''))),
  )
}

test('every command line that a message recommends is one', () => {
  const wrong = recommended.flatMap(({ name, line }) =>
    unknownWords(line)
      .filter((word) => !NOT_YET.includes(word))
      .map((word) => `${name}: ${word} in "${line}"`),
  )
  expect(wrong).toEqual([])
})
