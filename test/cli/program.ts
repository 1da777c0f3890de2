import { resolve } from 'node:path'

/** Where a program of its own is to be tested: an executable, or a script (`.js`) for the Node that runs the tests. */
const named = process.env['RAUTH_TEST_PROGRAM']

export const BIN = resolve('bin/resonate-auth.js')

/** Whether `run` starts a process. */
export const isProcess = named !== undefined

/** The command and the arguments before the program's own; Node 20 would read `--env-file` itself without the `--`. */
export const PROGRAM: readonly [command: string, ...before: string[]] =
  named === undefined || named.endsWith('.js')
    ? [process.execPath, '--', named === undefined ? BIN : resolve(named)]
    : [resolve(named)]

const CLOCK = resolve('test/cli/fixed-clock.cjs')

/** What else starts the same program with the clock of the tests: Bun's executables take it from a variable. */
export const FIXED_CLOCK: { readonly before: readonly string[]; readonly env: object } =
  PROGRAM.length > 1
    ? { before: ['--require', CLOCK], env: {} }
    : { before: [], env: { BUN_OPTIONS: `--preload ${CLOCK}` } }
