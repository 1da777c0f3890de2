/** Settings are data: nothing that lies in a folder may run because a command is started there. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createEdge } from '../../src/cli/edge.ts'
import { program } from '../../src/cli/program.ts'
import { nodeHost } from '../../src/host/node-host.ts'
import { readShellCommand } from '../../src/request/shell.ts'
import { folder } from '../cli/run.ts'
import { runProgram } from './program.ts'

const CODE_PLACES = [
  ...['js', 'cjs', 'mjs', 'ts'].flatMap((extension) => [
    `.config/config.${extension}`,
    `.config/resonate-auth.${extension}`,
    `.config/resonate-authrc.${extension}`,
    `resonate-auth.config.${extension}`,
    `.resonate-authrc.${extension}`,
  ]),
  'evil.cjs',
]

const MANIFEST = JSON.stringify({
  cosmiconfig: { searchPlaces: ['resonate-auth.config.cjs'] },
  resonateAuth: { $import: './evil.cjs' },
})

const BAITS = [
  ['package.json', MANIFEST],
  ['.resonate-authrc.json', '{ "$import": "./evil.cjs" }'],
  ['.resonate-authrc.yaml', '$import: ./evil.cjs\n'],
] as const

/** Every command with the arguments of its first example. */
const lines = (await program(createEdge(nodeHost()))).commands.flatMap((command) => {
  const [example] = 'examples' in command ? (command.examples as { command: string }[]) : []
  if (example === undefined || /[<>|$]/.test(example.command)) return []
  return [readShellCommand(example.command).words.slice(1)]
})

test.each(BAITS)('no command runs code because of a %s', (name, bait) => {
  const { path: cwd, remove } = folder({ [name]: bait, 'resonate.toml': '' })
  for (const place of CODE_PLACES) {
    mkdirSync(dirname(join(cwd, place)), { recursive: true })
    const mark = `import('node:fs').then((fs) => fs.writeFileSync(${JSON.stringify(join(cwd, `ran-${place.replaceAll('/', '-')}`))}, ''))`
    writeFileSync(join(cwd, place), mark)
  }
  for (const args of lines) runProgram(args, { cwd })
  expect(readdirSync(cwd).filter((entry) => entry.startsWith('ran-'))).toEqual([])
  expect(lines.length).toBeGreaterThan(5)
  remove()
})
