import type { AccessEntry } from '../../../gen/pathways/common/v1/access_pb'
import { roleName } from '../../auth/person'
import { dateTime } from '../../text/dates'
import { capital } from '../../text/words'

export interface HistoryItem {
  when: string
  who: string
  role: string
  what: string
  school: string
  where: string
}

const services: Record<string, string> = { registry: 'Pupil record', attendance: 'Attendance', referrals: 'Early Help', exclusions: 'Exclusions', panel: 'Securing Education Panel' }

// The name as it was then, else as it is now. Whoever acts without being a person is named by what they are.
function who(entry: AccessEntry, people: Map<string, string>): string {
  if (entry.personName) return entry.personName
  if (entry.role === 'operator') return 'Whoever runs Pathways, by command'
  if (entry.role === 'service' || entry.personId === '') return 'Pathways itself'
  return people.get(entry.personId) ?? 'A person who is no longer known'
}

// An entry in plain English, fit to be read by a family.
export function presentHistory(entry: AccessEntry, schools: Map<number, string>, people: Map<string, string>): HistoryItem {
  return {
    when: dateTime(entry.at),
    who: who(entry, people),
    role: entry.role && entry.role !== 'service' ? capital(roleName(entry.role)) : '',
    what: capital(entry.action),
    school: entry.urn > 0 ? (schools.get(entry.urn) ?? `School ${entry.urn}`) : '',
    where: services[entry.service] ?? entry.service,
  }
}
