import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Express } from 'express'
import nunjucks from 'nunjucks'
import type { Config } from './config'
import { assetsDirectory, packageDirectory, serverDirectory } from './paths'
import { dateTime, dayOfInstant } from './text/dates'

export function setUpNunjucks(app: Express, council: Config['council']): nunjucks.Environment {
  const environment = nunjucks.configure(
    [
      resolve(serverDirectory, 'views'),
      resolve(serverDirectory, 'routes'),
      resolve(packageDirectory, 'node_modules/govuk-frontend/dist'),
      resolve(packageDirectory, 'node_modules/@ministryofjustice/frontend'),
    ],
    { autoescape: true, express: app, throwOnUndefined: false, trimBlocks: true, lstripBlocks: true },
  )
  const manifest = readManifest()
  environment.addGlobal('asset', (name: string) => `/assets/${manifest[name] ?? name}`)
  environment.addGlobal('council', council)
  // moj's timeline asks for this filter by name.
  environment.addFilter('mojDate', (instant: string, kind: string) => (kind === 'date' ? dayOfInstant(instant) : dateTime(instant)))
  return environment
}

function readManifest(): Record<string, string> {
  const file = resolve(assetsDirectory, 'manifest.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {}
}
