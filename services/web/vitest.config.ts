import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['server/**/*.test.ts', 'dev-idp/**/*.test.ts'], environment: 'node', env: { TZ: 'Europe/London' } },
})
