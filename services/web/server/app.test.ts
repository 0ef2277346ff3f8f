import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect'
import session from 'express-session'
import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { AttendanceService } from '../gen/pathways/attendance/v1/service_pb'
import { SettingsService as AttendanceSettingsService } from '../gen/pathways/attendance/v1/settings_pb'
import { TimelineService } from '../gen/pathways/attendance/v1/timeline_pb'
import { LettersService } from '../gen/pathways/exclusions/v1/letters_pb'
import { ExclusionsService } from '../gen/pathways/exclusions/v1/service_pb'
import { RiskService } from '../gen/pathways/exclusions/v1/risk_pb'
import { TrendsService } from '../gen/pathways/exclusions/v1/trends_pb'
import { AttachmentsService } from '../gen/pathways/panel/v1/attachments_pb'
import { FairAccessService } from '../gen/pathways/panel/v1/fair_access_pb'
import { ImpactService } from '../gen/pathways/panel/v1/impact_pb'
import { PlacedService } from '../gen/pathways/panel/v1/placed_pb'
import { ReintegrationService } from '../gen/pathways/panel/v1/reintegration_pb'
import { MinutesService } from '../gen/pathways/panel/v1/minutes_pb'
import { RoomService } from '../gen/pathways/panel/v1/room_pb'
import { TasksService } from '../gen/pathways/panel/v1/tasks_pb'
import { PanelService } from '../gen/pathways/panel/v1/service_pb'
import { ReferralsService } from '../gen/pathways/referrals/v1/service_pb'
import { SettingsService as ReferralsSettingsService } from '../gen/pathways/referrals/v1/settings_pb'
import { RegistryService } from '../gen/pathways/registry/v1/service_pb'
import { createApp } from './app'
import type { IdentityProvider, Proof } from './auth/identityProvider'
import type { Config } from './config'
import type { Role } from './auth/person'
import type { Services } from './services'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

const proof: Proof = { idToken: 'id', endsAt: Date.now() + 3_600_000 }
const identityProvider = {
  begin: async () => ({ url: new URL('http://idp.test/authorize'), checks: { state: 's', nonce: 'n', codeVerifier: 'c' } }),
  finish: async () => proof,
  refresh: async () => undefined,
  signOutUrl: async () => new URL('http://idp.test/end'),
} satisfies IdentityProvider

// The web with services that answer `failure` to everything but signing in.
async function start(failure: ConnectError, role: Role = 'early_help_worker', change: Partial<Services> = {}) {
  const log: string[] = []
  const fail = () => {
    throw failure
  }
  const transport = createRouterTransport(({ service }) => {
    service(RegistryService, {
      exchangeIdentity: () => ({ token: 't', expiresAt: new Date(Date.now() + 600_000).toISOString(), person: { personId: 'a', name: 'Secret Name', roles: [role] } }),
      searchPupils: fail,
    })
    service(ReferralsService, { getRequest: fail, getWorkCounts: fail })
    service(AttendanceService, {})
    service(ExclusionsService, {})
    service(AttendanceSettingsService, {})
    service(ReferralsSettingsService, {})
    service(TrendsService, {})
    service(LettersService, {})
    service(RiskService, {})
    service(TimelineService, {})
    service(PanelService, {})
    service(ImpactService, {})
    service(FairAccessService, {})
    service(PlacedService, {})
    service(ReintegrationService, {})
  })
  const config = { url: new URL('http://127.0.0.1'), sessionSecret: 'only for this test', oidc: { issuer: new URL('http://idp.test') }, council: { name: 'Test Council', colour: '#12436d', frontDoorPhone: '', supportEmail: 'help' } } as Config
  const services: Services = {
    config,
    clients: { registry: createClient(RegistryService, transport), attendance: createClient(AttendanceService, transport), attendanceTimeline: createClient(TimelineService, transport), attendanceSettings: createClient(AttendanceSettingsService, transport), referrals: createClient(ReferralsService, transport), referralsSettings: createClient(ReferralsSettingsService, transport), exclusions: createClient(ExclusionsService, transport), trends: createClient(TrendsService, transport), letters: createClient(LettersService, transport), risk: createClient(RiskService, transport), panel: createClient(PanelService, transport), impact: createClient(ImpactService, transport), fairAccess: createClient(FairAccessService, transport), attachments: createClient(AttachmentsService, transport), room: createClient(RoomService, transport), minutes: createClient(MinutesService, transport), tasks: createClient(TasksService, transport), placed: createClient(PlacedService, transport), reintegration: createClient(ReintegrationService, transport) },
    identityProvider,
    sessionStore: new session.MemoryStore(),
    logger: pino({ level: 'info' }, { write: line => void log.push(line) }),
    now: Date.now,
    ...change,
  }
  const server = createServer(createApp(services))
  open.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log }
}

async function signedIn(url: string): Promise<string> {
  const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const begun = await fetch(`${url}/sign-in`, { redirect: 'manual' })
  return cookieOf(await fetch(`${url}/sign-in/callback?code=1&state=s`, { redirect: 'manual', headers: { cookie: cookieOf(begun) } }))
}

describe('A failed call becomes a page', () => {
  test.each([
    [Code.NotFound, 404, 'Page not found'],
    [Code.InvalidArgument, 404, 'Page not found'],
    [Code.PermissionDenied, 403, 'You cannot see this page'],
    [Code.Unavailable, 503, 'part of Pathways is not answering'],
    [Code.DeadlineExceeded, 504, 'part of Pathways is taking too long'],
    [Code.Aborted, 409, 'Someone else changed this'],
    [Code.Internal, 500, 'something went wrong'],
  ])('%i: %i', async (code, status, words) => {
    const { url } = await start(new ConnectError('', code))
    const answer = await fetch(`${url}/requests/r1`, { headers: { cookie: await signedIn(url) } })
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain(words)
  })

  test('a refused token: sign in again, once; then say that it does not help', async () => {
    const { url } = await start(new ConnectError('', Code.Unauthenticated))
    const cookie = await signedIn(url)
    const first = await fetch(`${url}/requests/r1`, { redirect: 'manual', headers: { cookie } })
    expect([first.status, first.headers.get('location')]).toEqual([303, '/sign-in'])
    const again = await fetch(`${url}/sign-in`, { redirect: 'manual', headers: { cookie } })
    expect(again.status).toBe(303)
    const back = await fetch(`${url}/sign-in/callback?code=1&state=s`, { redirect: 'manual', headers: { cookie } })
    expect(back.headers.get('location')).toBe('/requests/r1')
    const second = await fetch(`${url}/requests/r1`, { redirect: 'manual', headers: { cookie: back.headers.getSetCookie()[0]!.split(';')[0]! } })
    expect(second.status).toBe(503)
  })
})

test('The session is written before the browser is sent on, however slow its store', async () => {
  const store = new session.MemoryStore()
  const set = store.set.bind(store)
  store.set = (id, data, done) => void setTimeout(() => set(id, data, done), 100)
  const { url } = await start(new ConnectError('', Code.Internal), 'administrator', { sessionStore: store })
  expect((await fetch(`${url}/`, { headers: { cookie: await signedIn(url) } })).status).toBe(200)
})

describe('What else can be away', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  test('the database of sessions: 503', async () => {
    const store = new session.MemoryStore()
    store.get = (_id, done) => done(refused)
    const { url } = await start(new ConnectError('', Code.NotFound), 'school', { sessionStore: store })
    // A cookie with a good signature, so that the store is asked.
    const cookie = (await fetch(`${url}/sign-in`, { redirect: 'manual' })).headers.getSetCookie()[0]!.split(';')[0]!
    const answer = await fetch(`${url}/`, { headers: { cookie } })
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('Wait a minute and load this page again')
  })
  test('the identity provider: 503', async () => {
    const away = { ...identityProvider, begin: () => Promise.reject(new TypeError('fetch failed', { cause: refused })) }
    const { url } = await start(new ConnectError('', Code.NotFound), 'school', { identityProvider: away })
    expect((await fetch(`${url}/sign-in`)).status).toBe(503)
  })
})

describe('Every answer', () => {
  test('is guarded: strict policy, no frames, no sniffing, no cache', async () => {
    const { url } = await start(new ConnectError('', Code.NotFound))
    const answer = await fetch(`${url}/help`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+'/)
    expect(policy).not.toContain('unsafe')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    expect(await answer.text()).toContain(`nonce="${nonce}"`)
  })
  test('to a stranger is the way to sign in; health needs none', async () => {
    const { url } = await start(new ConnectError('', Code.NotFound))
    expect((await fetch(`${url}/pupils?q=smith`, { redirect: 'manual' })).headers.get('location')).toBe('/sign-in')
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'up' })
  })
  test('to a form without its token is no', async () => {
    const { url } = await start(new ConnectError('', Code.NotFound), 'school')
    const answer = await fetch(`${url}/requests`, { method: 'POST', headers: { cookie: await signedIn(url) }, body: new URLSearchParams({ pupil_id: 'p' }) })
    expect(answer.status).toBe(403)
  })
  test('keeps a form of a stranger only when our own page sent it', async () => {
    const { url } = await start(new ConnectError('', Code.NotFound), 'school')
    const send = async (site: string) => {
      const sent = await fetch(`${url}/requests`, { method: 'POST', redirect: 'manual', headers: { 'sec-fetch-site': site }, body: new URLSearchParams({ pupil_id: 'p' }) })
      const cookie = sent.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      const begun = await fetch(`${url}/sign-in`, { redirect: 'manual', headers: { cookie } })
      const carried = begun.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
      return (await fetch(`${url}/sign-in/callback?code=1&state=s`, { redirect: 'manual', headers: { cookie: carried } })).headers.get('location')
    }
    expect(await send('same-origin')).toBe('/sign-in/continue')
    expect(await send('cross-site')).toBe('/')
  })
})

test('Logs hold the route and the outcome, and no personal data', async () => {
  const { url, log } = await start(new ConnectError('Ella Nowak is not here', Code.Internal))
  const cookie = await signedIn(url)
  await fetch(`${url}/pupils?q=ella+nowak`, { headers: { cookie } })
  await fetch(`${url}/requests/request-of-ella`, { headers: { cookie } })
  // The line is written after the answer has gone out.
  await expect.poll(() => log.join('')).toContain('/requests/:request')
  const text = log.join('')
  expect(text).toContain('call failed: Internal')
  for (const secret of ['Ella', 'ella', 'Nowak', 'nowak', 'Secret Name', 'request-of']) expect(text).not.toContain(secret)
})
