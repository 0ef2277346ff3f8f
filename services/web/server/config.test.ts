import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from './config'

describe('Configuration', () => {
  let folder: string
  let good: NodeJS.ProcessEnv
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'web-config-'))
    writeFileSync(join(folder, 'secret'), 'a secret of some length\n')
    writeFileSync(join(folder, 'short'), 'short\n')
    good = {
      PATHWAYS_WEB_URL: 'http://127.0.0.1:3000',
      PATHWAYS_WEB_DATABASE_URL: 'postgresql://web@localhost/web',
      PATHWAYS_WEB_SESSION_SECRET_FILE: join(folder, 'secret'),
      PATHWAYS_REGISTRY_ADDRESS: '127.0.0.1:25051',
      PATHWAYS_ATTENDANCE_ADDRESS: '127.0.0.1:25052',
      PATHWAYS_REFERRALS_ADDRESS: '127.0.0.1:25053',
      PATHWAYS_EXCLUSIONS_ADDRESS: '127.0.0.1:25054',
      PATHWAYS_PANEL_ADDRESS: '127.0.0.1:25055',
      PATHWAYS_OIDC_ISSUER: 'http://127.0.0.1:3001',
      PATHWAYS_OIDC_CLIENT_ID: 'pathways-web',
      PATHWAYS_OIDC_CLIENT_SECRET_FILE: join(folder, 'secret'),
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is read from the environment, secrets from files', () => {
    const config = readConfig({ ...good, PATHWAYS_WEB_LISTEN: '0.0.0.0:8080' })
    expect(config.listen).toEqual({ host: '0.0.0.0', port: 8080 })
    expect(config.sessionSecret).toBe('a secret of some length')
    expect(readConfig({ ...good, PORT: '9000' }).listen.port).toBe(9000)
  })
  test('names every missing or bad variable at once, and no secret', () => {
    const bad = { ...good, PATHWAYS_REGISTRY_ADDRESS: 'nowhere', PATHWAYS_OIDC_ISSUER: undefined, PATHWAYS_WEB_SESSION_SECRET_FILE: join(folder, 'short') }
    expect(() => readConfig(bad)).toThrow(/PATHWAYS_REGISTRY_ADDRESS: must be host:port/)
    expect(() => readConfig(bad)).toThrow(/PATHWAYS_OIDC_ISSUER/)
    expect(() => readConfig(bad)).toThrow(/fewer than 16 characters/)
    expect(() => readConfig({ ...good, PATHWAYS_COUNCIL_COLOUR: 'red;}' })).toThrow(/PATHWAYS_COUNCIL_COLOUR/)
  })
})
