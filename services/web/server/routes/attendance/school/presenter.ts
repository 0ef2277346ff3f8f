import type { GetSchoolAttendanceResponse, GroupSums, WeekSums } from '../../../../gen/pathways/attendance/v1/service_pb'
import type { School } from '../../../../gen/pathways/registry/v1/service_pb'
import { dayOfWeek, longDay } from '../../../text/dates'
import { absent, count, noSessions, percent, plural } from '../../../text/figures'
import { breakdown, breakdownTopic, yearGroups } from '../../../text/words'

export interface Figure {
  label: string
  value: string
  of: string
}

export interface GroupRow {
  topic: string
  group: string
  enrolments: string
  absence: string
  unauthorised: string
  persistent: string
  severe: string
}

export interface SchoolPage {
  urn: number
  name: string
  facts: { label: string; value: string }[]
  span: string
  dataUpTo: string
  figures: Figure[]
  groups: GroupRow[]
  weeks: WeekSums[]
  without: string[]
}

function figures(total: GroupSums | undefined): Figure[] {
  const sessions = total?.sessions ?? noSessions
  const enrolments = total?.enrolments ?? 0n
  const share = (label: string, part: bigint, line: string) => ({
    label,
    value: percent(part, enrolments),
    of: `${count(part)} of ${plural(enrolments, 'enrolment')} missed ${line} or more`,
  })
  return [
    { label: 'Absence', value: percent(absent(sessions), sessions.possible), of: `${count(absent(sessions))} of ${plural(sessions.possible, 'possible session')}` },
    { label: 'Unauthorised absence', value: percent(sessions.unauthorised, sessions.possible), of: `${count(sessions.unauthorised)} of ${plural(sessions.possible, 'possible session')}` },
    share('Persistently absent', total?.persistent ?? 0n, '10%'),
    share('Severely absent', total?.severe ?? 0n, '50%'),
  ]
}

function group(sums: GroupSums): GroupRow {
  const sessions = sums.sessions ?? noSessions
  return {
    topic: breakdownTopic(sums.breakdownTopic),
    group: breakdown(sums.breakdownTopic, sums.breakdown),
    enrolments: count(sums.enrolments),
    absence: percent(absent(sessions), sessions.possible),
    unauthorised: percent(sessions.unauthorised, sessions.possible),
    persistent: percent(sums.persistent, sums.enrolments),
    severe: percent(sums.severe, sums.enrolments),
  }
}

// In the order people expect: youngest first, least need first. Other values keep the order they come in.
const order: Record<string, readonly string[]> = { year_group: yearGroups, sen_provision: ['N', 'K', 'E'] }

function inOrder(groups: readonly GroupSums[]): GroupSums[] {
  const place = ({ breakdownTopic: topic, breakdown: value }: GroupSums) => order[topic]?.indexOf(value) ?? 0
  return groups.toSorted((one, other) => (one.breakdownTopic === other.breakdownTopic ? place(one) - place(other) : 0))
}

export function presentSchool(school: School, attendance: GetSchoolAttendanceResponse): SchoolPage {
  return {
    urn: school.urn,
    name: school.name,
    facts: [
      { label: 'URN', value: String(school.urn) },
      { label: 'Phase', value: school.phase },
      { label: 'On roll', value: count(school.onRoll) },
      { label: 'Locality', value: school.locality },
    ].filter(fact => fact.value !== ''),
    span: attendance.from && attendance.to ? `${longDay(attendance.from)} to ${longDay(attendance.to)}` : '',
    dataUpTo: longDay(attendance.dataUpTo),
    figures: figures(attendance.total),
    groups: inOrder(attendance.groups.filter(({ breakdownTopic: topic }) => topic !== 'Total')).map(group),
    weeks: attendance.weeks,
    without: attendance.daysWithoutRegister.map(dayOfWeek),
  }
}
