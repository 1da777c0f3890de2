import { defineConfig } from 'vitest/config'

const OFFLINE = ['unit', 'cli', 'lint', 'vectors', 'e2e']

/** A file to write the results to as JSON, for whoever counts them. */
const report = process.env['TEST_REPORT']

const host = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/** What else can be asked for with `--mode`. */
const APART = new Map([
  /** Against a running server. */
  ['live', { folders: ['live'] }],
  /** Every run of the program a process of its own, of this Node. */
  ['process', { folders: ['cli'], program: 'bin/resonate-auth.js' }],
  /** The same with the one-file executable. */
  ['binary', { folders: ['cli', 'e2e', 'binary'], program: `dist/resonate-auth-${host}` }],
])

/** Tests of the package and the checkout, which another program has no part in. */
const OF_THE_PACKAGE = ['demo', 'modules', 'package'].map((name) => `test/e2e/${name}.test.ts`)

/** The whole suite, or one of those apart; `RAUTH_TEST_PROGRAM` names another program for them. */
export default defineConfig(({ mode }) => {
  const { folders = OFFLINE, program = undefined } = APART.get(mode) ?? {}
  return {
    test: {
      include: folders.map((folder) => `test/${folder}/**/*.test.ts`),
      exclude: program === undefined ? [] : OF_THE_PACKAGE,
      setupFiles: mode === 'binary' ? ['test/binary/exempt.ts'] : [],
      env: {
        FORCE_COLOR: '0',
        ...(program !== undefined && {
          RAUTH_TEST_PROGRAM: process.env['RAUTH_TEST_PROGRAM'] ?? program,
        }),
      },
      pool: 'forks',
      maxWorkers: 2,
      // A property that is tried a thousand times starts as many processes.
      testTimeout: program === undefined ? 60_000 : 600_000,
      ...(report !== undefined && {
        reporters: ['default', 'json'],
        outputFile: { json: report },
      }),
    },
  }
})
