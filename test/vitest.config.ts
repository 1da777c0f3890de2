import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/live/**', 'test/bench/**'],
    env: { FORCE_COLOR: '0' },
    testTimeout: 60_000,
  },
})
