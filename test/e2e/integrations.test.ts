import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { folder } from '../cli/run.ts'
import { BIN, isPresent, type ProcessResult, runProcess, runProgram } from './program.ts'

const action = parse(readFileSync('.github/actions/lint/action.yml', 'utf8'))

const place = folder({
  'resonate.toml': '[auth]\npublickey = "none"\n',
  // Node 20 obeys this where it reads the file itself.
  'server.env': 'NODE_OPTIONS=--require ./attack.cjs\nRESONATE_SERVER__PORT=8001\n',
  'attack.cjs': "require('node:fs').writeFileSync('attacked', '')",
})
symlinkSync(BIN, join(place.path, 'resonate-auth'))
afterAll(place.remove)

/** Runs the action's script; the package is not fetched: its program is the built one. */
function runAction(inputs: Readonly<Record<string, string>>): ProcessResult {
  const npx = 'npx() { while [ "$1" != -- ]; do shift; done; shift; "$@"; }'
  const script = `set -eo pipefail\n${npx}\n${action.runs.steps[0].run}`
  return runProcess('bash', ['--norc', '-c', script], {
    cwd: place.path,
    env: {
      PATH: `${place.path}:${process.env['PATH']}`,
      FILE: '',
      VERSION: 'latest',
      ARGUMENTS: '',
      FAIL_ON: 'error',
      SARIF: '',
      ...inputs,
    },
  })
}

test.skipIf(!isPresent('bash'))('the action lints, and no file of a pull request runs code', () => {
  const { status, stdout } = runAction({
    FILE: 'resonate.toml',
    ARGUMENTS: '--env-file\nserver.env\n',
    SARIF: 'out.sarif',
  })
  expect(status).toBe(1)
  expect(stdout).toContain('RA101')
  expect(stdout).toContain('environment: 1 variable')
  expect(existsSync(join(place.path, 'out.sarif'))).toBe(true)
  expect(existsSync(join(place.path, 'attacked'))).toBe(false)
})

test.skipIf(!isPresent('bash'))(
  'the hook lints the files it is given, and none of them runs code',
  () => {
    const hook = resolve('.ci/pre-commit')
    const { status, stdout } = runProcess(hook, ['--env-file', 'server.env', 'resonate.toml'], {
      cwd: place.path,
    })
    expect(status).toBe(1)
    expect(stdout).toContain('RA101')
    expect(existsSync(join(place.path, 'attacked'))).toBe(false)
  },
)

test('an env file given with -e runs no code', () => {
  const { status, stdout } = runProgram(['lint', '-e', 'server.env', 'resonate.toml'], {
    cwd: place.path,
  })
  expect(status).toBe(1)
  expect(stdout).toContain('environment: 1 variable')
  expect(existsSync(join(place.path, 'attacked'))).toBe(false)
})
