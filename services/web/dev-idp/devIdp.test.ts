import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIdentityProvider, type IdentityProvider } from '../server/auth/identityProvider'
import { roleNames } from '../server/auth/person'
import { createIdp } from './app'
import { readIdpConfig, refuseProduction } from './config'
import { choosePage, errorPage } from './pages'
import { people } from './people'

describe('The development identity provider', () => {
  test.each([{ NODE_ENV: 'production' }, { PATHWAYS_ENV: 'production' }])('does not start in production: %o', env => {
    expect(() => refuseProduction(env)).toThrow(/does not start in production/)
    expect(() => readIdpConfig(env)).toThrow(/does not start in production/)
  })
  test('names what is missing', () => {
    expect(() => readIdpConfig({})).toThrow(/PATHWAYS_OIDC_ISSUER/)
  })
  test('escapes what it shows', () => {
    expect(errorPage('<script>')).toContain('&lt;script&gt;')
    expect(choosePage('/people/x', people)).toContain('Siobhán O&#39;Neill')
  })
})

describe('The people of the demonstration', () => {
  test('have each their own subject, a role that exists, and schools or an authority', () => {
    expect(new Set(people.map(({ sub }) => sub)).size).toBe(people.length)
    for (const person of people) {
      for (const role of person.roles) expect(Object.keys(roleNames)).toContain(role)
      expect(person.urns.length + person.la_codes.length).toBeGreaterThan(0)
    }
    expect(new Set(people.flatMap(({ roles }) => roles))).toEqual(new Set(Object.keys(roleNames)))
  })
})

describe('Signing in with it', () => {
  let server: Server
  let provider: IdentityProvider
  beforeAll(async () => {
    server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const web = 'http://127.0.0.1:9'
    server.on('request', createIdp({ host: '', port: 0, issuer, clientId: 'pathways-web', clientSecret: 'only for this test', webUrl: web }))
    provider = createIdentityProvider({ oidc: { issuer: new URL(issuer), clientId: 'pathways-web', clientSecret: 'only for this test' }, url: new URL(web) })
  })
  afterAll(() => void server.close())

  // Follows redirects as a browser would, until one leads to the web; answers that address.
  async function choose(start: URL, sub: string): Promise<URL> {
    const jar = new Map<string, string>()
    const ask = async (url: URL, init: RequestInit = {}) => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
      for (const line of answer.headers.getSetCookie()) {
        const [name, value] = line.split(';')[0]!.split(/=(.*)/s) as [string, string]
        jar.set(name, value)
      }
      return answer
    }
    let at = new URL((await ask(start)).headers.get('location')!, start)
    let answer = await ask(at, { method: 'POST', body: new URLSearchParams({ sub }) })
    for (let step = 0; step < 5; step += 1) {
      at = new URL(answer.headers.get('location')!, at)
      if (at.port === '9') return at
      answer = await ask(at)
    }
    throw new Error('never came back')
  }

  test('gives an ID token with subject, name and e-mail, and a new one later', async () => {
    const { url, checks } = await provider.begin()
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
    const proof = await provider.finish(await choose(url, 'demo-amara-osei'), checks)
    const claims = JSON.parse(Buffer.from(proof.idToken.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
    expect(claims).toMatchObject({ sub: 'demo-amara-osei', name: 'Amara Osei', email: 'amara.osei@demo.invalid', aud: 'pathways-web' })
    const refreshed = await provider.refresh(proof)
    expect(JSON.parse(Buffer.from(refreshed!.idToken.split('.')[1]!, 'base64url').toString())).toMatchObject({ sub: 'demo-amara-osei', aud: 'pathways-web' })
    expect(refreshed!.endsAt).toBeGreaterThanOrEqual(proof.endsAt)
    expect((await provider.signOutUrl(proof)).searchParams.get('post_logout_redirect_uri')).toBe('http://127.0.0.1:9/signed-out')
  })
  test('refuses an answer for another sign-in', async () => {
    const { url, checks } = await provider.begin()
    const answer = await choose(url, 'demo-amara-osei')
    await expect(provider.finish(answer, { ...checks, state: 'other' })).rejects.toThrow()
    await expect(provider.finish(answer, { ...checks, nonce: 'other' })).rejects.toThrow()
  })
  test('has nothing for a refresh token that is not its own', async () => {
    expect(await provider.refresh({ idToken: '', endsAt: 0, refreshToken: 'forged' })).toBeUndefined()
  })
})
