import { defineConfig } from '@playwright/test'
import { url } from './support/environment'

export default defineConfig({
  testDir: '.',
  testIgnore: 'bench/**',
  // One story after the other: they share one stack, and the machines this runs on have two cores.
  workers: 1,
  forbidOnly: true,
  // A page that needs a second try is a fault to look into.
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: url,
    launchOptions: {
      // Debian's Chromium, or the one named: nothing is downloaded.
      executablePath: process.env.PATHWAYS_CHROMIUM ?? '/usr/bin/chromium',
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
    },
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'with JavaScript' },
    { name: 'without JavaScript', use: { javaScriptEnabled: false }, testIgnore: ['bench/**', 'pages.spec.ts'] },
  ],
})
