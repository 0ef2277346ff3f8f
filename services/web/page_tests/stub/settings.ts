import { create } from '@bufbuild/protobuf'
import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect'
import type { SettingsService as AttendanceSettings } from '../../gen/pathways/attendance/v1/settings_pb'
import { AuthoritySettingSchema, SettingChangeSchema, type AuthoritySetting } from '../../gen/pathways/common/v1/settings_pb'
import type { SettingsService as ReferralsSettings } from '../../gen/pathways/referrals/v1/settings_pb'
import { enter, type World } from './world'

export type StubSettings = Record<'attendance' | 'referrals', AuthoritySetting>

export function makeSettings(): StubSettings {
  const changes = [create(SettingChangeSchema, { version: 1n, value: 30, at: '2026-10-05T08:12:00Z', personId: 'demo-helen-whitmore' })]
  return {
    attendance: create(AuthoritySettingSchema, { laCode: 999, value: 30, version: 1n, usual: 20, least: 1, most: 400, changes }),
    referrals: create(AuthoritySettingSchema, { laCode: 999, value: 2, usual: 2, least: 1, most: 20 }),
  }
}

function set(world: World, service: keyof StubSettings, context: HandlerContext, { value, version }: { value: number; version: bigint }) {
  const person = enter(world, service, context)
  const setting = world.settings[service]
  if (version !== setting.version) throw new ConnectError('changed since', Code.Aborted)
  setting.value = value
  setting.version += 1n
  setting.changes.unshift(create(SettingChangeSchema, { version: setting.version, value, at: '2026-11-24T09:20:00Z', personId: person.sub }))
  return { setting }
}

function get(world: World, service: keyof StubSettings, context: HandlerContext) {
  enter(world, service, context)
  return { setting: world.settings[service] }
}

export function attendanceSettings(world: World): ServiceImpl<typeof AttendanceSettings> {
  return {
    getMinimumSessions: (_request, context) => get(world, 'attendance', context),
    setMinimumSessions: (request, context) => set(world, 'attendance', context, request),
  }
}

export function referralsSettings(world: World): ServiceImpl<typeof ReferralsSettings> {
  return {
    getDecisionDays: (_request, context) => get(world, 'referrals', context),
    setDecisionDays: (request, context) => set(world, 'referrals', context, request),
  }
}
