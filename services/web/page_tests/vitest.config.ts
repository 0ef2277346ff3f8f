import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['page_tests/specs/**/*.spec.ts'],
    environment: 'node',
    env: { TZ: 'Europe/London' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One browser at a time: the machines this runs on have two cores.
    fileParallelism: false,
  },
})
