import { defineConfig } from 'vitest/config'

const OFFLINE = ['unit', 'cli', 'lint', 'vectors', 'e2e']

/** A file to write the results to as JSON, for whoever counts them. */
const report = process.env['TEST_REPORT']

/** Suites of their own, asked for with `--mode`: against a running server, against the one-file executable. */
const APART = ['live', 'binary']

/** The whole suite, or one of those apart. */
export default defineConfig(({ mode }) => ({
  test: {
    include: (APART.includes(mode) ? [mode] : OFFLINE).map(
      (folder) => `test/${folder}/**/*.test.ts`,
    ),
    env: { FORCE_COLOR: '0' },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    ...(report !== undefined && {
      reporters: ['default', 'json'],
      outputFile: { json: report },
    }),
  },
}))
