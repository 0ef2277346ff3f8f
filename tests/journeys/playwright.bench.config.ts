import { defineConfig } from '@playwright/test'
import journeys from './playwright.config'

// What './pathways bench pages' runs.
export default defineConfig({ ...journeys, testDir: 'bench', testIgnore: [], timeout: 20 * 60_000, projects: [{ name: 'pages' }] })
