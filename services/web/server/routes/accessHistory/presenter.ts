import type { AccessEntry } from '../../../gen/pathways/common/v1/access_pb'
import { roleName } from '../../auth/person'
import { dateTime } from '../../text/dates'

export interface HistoryItem {
  when: string
  who: string
  role: string
  what: string
  school: string
  where: string
}

const services: Record<string, string> = { registry: 'Pupil record', attendance: 'Attendance', referrals: 'Early Help' }

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

// An entry in plain English, fit to be read by a family.
export function presentHistory(entry: AccessEntry, schools: Map<number, string>): HistoryItem {
  return {
    when: dateTime(entry.at),
    who: entry.personName || 'Pathways itself',
    role: entry.role ? capital(roleName(entry.role)) : '',
    what: capital(entry.action),
    school: entry.urn > 0 ? (schools.get(entry.urn) ?? `School ${entry.urn}`) : '',
    where: services[entry.service] ?? entry.service,
  }
}
