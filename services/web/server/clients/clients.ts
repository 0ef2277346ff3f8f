import { createClient, type Client, type Transport } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { AttendanceService } from '../../gen/pathways/attendance/v1/service_pb'
import { SettingsService as AttendanceSettingsService } from '../../gen/pathways/attendance/v1/settings_pb'
import { TimelineService as AttendanceTimelineService } from '../../gen/pathways/attendance/v1/timeline_pb'
import { LettersService } from '../../gen/pathways/exclusions/v1/letters_pb'
import { RiskService } from '../../gen/pathways/exclusions/v1/risk_pb'
import { ExclusionsService } from '../../gen/pathways/exclusions/v1/service_pb'
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
import type { Config } from '../config'
import { carryContext, retryReads } from './interceptors'

export interface Clients {
  registry: Client<typeof RegistryService>
  attendance: Client<typeof AttendanceService>
  attendanceTimeline: Client<typeof AttendanceTimelineService>
  attendanceSettings: Client<typeof AttendanceSettingsService>
  referrals: Client<typeof ReferralsService>
  referralsSettings: Client<typeof ReferralsSettingsService>
  exclusions: Client<typeof ExclusionsService>
  trends: Client<typeof TrendsService>
  letters: Client<typeof LettersService>
  risk: Client<typeof RiskService>
  panel: Client<typeof PanelService>
  impact: Client<typeof ImpactService>
  fairAccess: Client<typeof FairAccessService>
  placed: Client<typeof PlacedService>
  reintegration: Client<typeof ReintegrationService>
  attachments: Client<typeof AttachmentsService>
  room: Client<typeof RoomService>
  minutes: Client<typeof MinutesService>
  tasks: Client<typeof TasksService>
}

// Files can take minutes; everything else answers in this time or the page says that it did not.
const deadlineMs = 10_000
export const fileDeadlineMs = 15 * 60_000

// One connection for each service for the life of the process. No pings: see connect-es issue 1795.
export function createClients(backends: Config['backends']): Clients {
  const attendance = transportTo(backends.attendance)
  const exclusions = transportTo(backends.exclusions)
  const panel = transportTo(backends.panel)
  const referrals = transportTo(backends.referrals)
  return {
    registry: createClient(RegistryService, transportTo(backends.registry)),
    attendance: createClient(AttendanceService, attendance),
    attendanceTimeline: createClient(AttendanceTimelineService, attendance),
    attendanceSettings: createClient(AttendanceSettingsService, attendance),
    referrals: createClient(ReferralsService, referrals),
    referralsSettings: createClient(ReferralsSettingsService, referrals),
    exclusions: createClient(ExclusionsService, exclusions),
    trends: createClient(TrendsService, exclusions),
    letters: createClient(LettersService, exclusions),
    risk: createClient(RiskService, exclusions),
    panel: createClient(PanelService, panel),
    impact: createClient(ImpactService, panel),
    fairAccess: createClient(FairAccessService, panel),
    placed: createClient(PlacedService, panel),
    reintegration: createClient(ReintegrationService, panel),
    attachments: createClient(AttachmentsService, panel),
    room: createClient(RoomService, panel),
    minutes: createClient(MinutesService, panel),
    tasks: createClient(TasksService, panel),
  }
}

function transportTo(address: string): Transport {
  return createGrpcTransport({
    baseUrl: `http://${address}`,
    interceptors: [retryReads, carryContext],
    defaultTimeoutMs: deadlineMs,
    idleConnectionTimeoutMs: 5 * 60_000,
  })
}
