import { defineConfig } from 'vitest/config'

const OFFLINE = ['unit', 'cli', 'lint', 'vectors', 'e2e']

/** A file to write the results to as JSON, for whoever counts them. */
const report = process.env['TEST_REPORT']

/** The whole suite, or with `--mode live` the replay against a running server alone. */
export default defineConfig(({ mode }) => ({
  test: {
    include: (mode === 'live' ? ['live'] : OFFLINE).map((folder) => `test/${folder}/**/*.test.ts`),
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
