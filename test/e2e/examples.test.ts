import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createEdge } from '../../src/cli/edge.ts'
import { program } from '../../src/cli/program.ts'
import { readEntry, walkEntries } from '../../src/docs/entry.ts'
import { nodeHost } from '../../src/host/node-host.ts'
import { folder } from '../cli/run.ts'
import { BIN, isPresent, PROGRAM, type ProcessResult, runProcess, runProgram } from './program.ts'

const shelf = folder()
afterAll(shelf.remove)

mkdirSync(join(shelf.path, 'bin'))
symlinkSync(PROGRAM.length > 1 ? BIN : PROGRAM[0], join(shelf.path, 'bin/resonate-auth'))
const PATH = [join(shelf.path, 'bin'), dirname(process.execPath), process.env['PATH']].join(
  delimiter,
)

/** The shell blocks of the README with the heading that they stand under. */
const recipes = [
  ...readFileSync('README.md', 'utf8').matchAll(/^#+ (.*)|^```sh\n([\s\S]*?)^```/gm),
].reduce<{ heading: string; found: [heading: string, script: string][] }>(
  ({ heading, found }, [, title, script]) => ({
    heading: title ?? heading,
    found: script === undefined ? found : [...found, [heading, script]],
  }),
  { heading: '', found: [] },
).found

/** The examples of all commands, as their help and manual pages show them. */
const examples = [...walkEntries(readEntry(await program(createEdge(nodeHost()))))].flatMap(
  ({ examples }) => examples.map(({ command }) => command),
)

function runScript(script: string, cwd: string): ProcessResult {
  return runProcess('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH, HOME: cwd },
  })
}

test.skipIf(!isPresent('bash')).each(recipes)('the recipe "%s" runs as it stands', (_, script) => {
  const { path, remove } = folder()
  const { status, stderr } = runScript(script, path)
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('error:') })
  remove()
})

const REQUEST = 'GET /poll/workers/w1 HTTP/1.1\r\nHost: localhost:8001\r\n\r\n'

function prepared(): ReturnType<typeof folder> {
  const place = folder({
    'resonate.toml': '[auth]\npublickey = "public.pem"\n',
    'request.http': REQUEST,
  })
  const { path: cwd } = place
  runProgram(['keygen'], { cwd })
  writeFileSync(
    join(cwd, 'worker.jwt'),
    runProgram(['mint', '--prefix', 'worker-1.'], { cwd }).stdout,
  )
  return place
}

test.skipIf(!isPresent('bash')).each(examples)('the example %j does what it says', (command) => {
  const { path, remove } = prepared()
  const { status, stderr } = runScript(command, path)
  // 1 is an answer too; what cannot be done or is not a command line is neither.
  expect({ answered: status === 0 || status === 1, stderr }).toEqual({
    answered: true,
    stderr: expect.not.stringContaining('error:'),
  })
  remove()
})
