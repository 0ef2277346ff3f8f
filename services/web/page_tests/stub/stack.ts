import { createServer as createHttp2Server, type Http2Server, type ServerHttp2Session } from 'node:http2'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { connectNodeAdapter } from '@connectrpc/connect-node'
import session from 'express-session'
import { pino } from 'pino'
import { AttendanceService } from '../../gen/pathways/attendance/v1/service_pb'
import { SettingsService as AttendanceSettingsService } from '../../gen/pathways/attendance/v1/settings_pb'
import { TimelineService } from '../../gen/pathways/attendance/v1/timeline_pb'
import { LettersService } from '../../gen/pathways/exclusions/v1/letters_pb'
import { ExclusionsService } from '../../gen/pathways/exclusions/v1/service_pb'
import { RiskService } from '../../gen/pathways/exclusions/v1/risk_pb'
import { TrendsService } from '../../gen/pathways/exclusions/v1/trends_pb'
import { AttachmentsService } from '../../gen/pathways/panel/v1/attachments_pb'
import { FairAccessService } from '../../gen/pathways/panel/v1/fair_access_pb'
import { ImpactService } from '../../gen/pathways/panel/v1/impact_pb'
import { PlacedService } from '../../gen/pathways/panel/v1/placed_pb'
import { ReintegrationService } from '../../gen/pathways/panel/v1/reintegration_pb'
import { MinutesService } from '../../gen/pathways/panel/v1/minutes_pb'
import { RoomService } from '../../gen/pathways/panel/v1/room_pb'
import { PanelService } from '../../gen/pathways/panel/v1/service_pb'
import { TasksService } from '../../gen/pathways/panel/v1/tasks_pb'
import { ReferralsService } from '../../gen/pathways/referrals/v1/service_pb'
import { SettingsService as ReferralsSettingsService } from '../../gen/pathways/referrals/v1/settings_pb'
import { RegistryService } from '../../gen/pathways/registry/v1/service_pb'
import { createIdp } from '../../dev-idp/app'
import { createApp } from '../../server/app'
import { createIdentityProvider } from '../../server/auth/identityProvider'
import { createClients } from '../../server/clients/clients'
import type { Config } from '../../server/config'
import { attendance, attendanceTimeline } from './attendance'
import { exclusions } from './exclusions'
import { fairAccess, impact } from './impact'
import { letters } from './letters'
import { panel } from './panel'
import { placed, reintegration } from './panelReturns'
import { minutes, room, tasks } from './panelClosing'
import { attachments } from './panelFiles'
import { referrals, seedProposals } from './referrals'
import { registry } from './registry'
import { attendanceSettings, referralsSettings } from './settings'
import { risk } from './risk'
import { trends } from './trends'
import { makeWorld, type World } from './world'

export interface Stack {
  url: string
  world: World
  close(): Promise<void>
}

async function listen(server: Server | Http2Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

// Real gRPC over HTTP/2, the real development identity provider, the real web: only what the services know is made up.
export async function startStack(change: (config: Config) => Config = config => config): Promise<Stack> {
  const world = makeWorld()
  seedProposals(world)
  const backend = createHttp2Server(
    connectNodeAdapter({
      routes(router) {
        router.service(RegistryService, registry(world))
        router.service(AttendanceService, attendance(world))
        router.service(TimelineService, attendanceTimeline(world))
        router.service(AttendanceSettingsService, attendanceSettings(world))
        router.service(ReferralsService, referrals(world))
        router.service(ReferralsSettingsService, referralsSettings(world))
        router.service(ExclusionsService, exclusions(world))
        router.service(TrendsService, trends(world))
        router.service(LettersService, letters(world))
        router.service(RiskService, risk(world))
        router.service(PanelService, panel(world))
        router.service(PlacedService, placed(world))
        router.service(ReintegrationService, reintegration(world))
        router.service(ImpactService, impact(world))
        router.service(FairAccessService, fairAccess(world))
        router.service(AttachmentsService, attachments(world))
        router.service(RoomService, room(world))
        router.service(MinutesService, minutes(world))
        router.service(TasksService, tasks(world))
      },
    }),
  )
  const sessions = new Set<ServerHttp2Session>()
  backend.on('session', opened => sessions.add(opened))
  const address = await listen(backend)
  const idp = createServer()
  const web = createServer()
  const issuer = `http://${await listen(idp)}`
  const url = `http://${await listen(web)}`
  idp.on('request', createIdp({ host: '127.0.0.1', port: 0, issuer, clientId: 'pathways-web', clientSecret: 'only for this run', webUrl: url }))
  const config = change({
    listen: { host: '127.0.0.1', port: 0 },
    url: new URL(url),
    databaseUrl: '',
    sessionSecret: 'only for this run of the tests',
    backends: { registry: address, attendance: address, referrals: address, exclusions: address, panel: address },
    oidc: { issuer: new URL(issuer), clientId: 'pathways-web', clientSecret: 'only for this run' },
    council: { name: 'Demonstration Borough Council', colour: '#12436d', frontDoorPhone: '01632 960 100', supportEmail: 'pathways@demo.invalid' },
    maxUploadBytes: 1024 * 1024,
    logLevel: 'silent',
  })
  const services = {
    config,
    clients: createClients(config.backends),
    identityProvider: createIdentityProvider(config),
    sessionStore: new session.MemoryStore(),
    logger: pino({ level: 'silent' }),
    now: () => Date.parse('2026-11-24T09:20:00Z'),
  }
  web.on('request', createApp(services))
  return {
    url,
    world,
    async close() {
      for (const server of [web, idp]) server.closeAllConnections()
      for (const opened of sessions) opened.destroy()
      await Promise.all([web, idp, backend].map(server => new Promise(resolve => server.close(resolve))))
    },
  }
}
