import { defineConfig } from 'vitest/config'

const OFFLINE = ['unit', 'cli', 'lint', 'vectors', 'e2e']

/** The whole suite, or with `--mode live` the replay against a running server alone. */
export default defineConfig(({ mode }) => ({
  test: {
    include: (mode === 'live' ? ['live'] : OFFLINE).map((folder) => `test/${folder}/**/*.test.ts`),
    env: { FORCE_COLOR: '0' },
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 60_000,
  },
}))
