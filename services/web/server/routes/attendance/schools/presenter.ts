import type { ListSchoolAttendanceResponse, SchoolSums } from '../../../../gen/pathways/attendance/v1/service_pb'
import type { ListSchoolsResponse, School } from '../../../../gen/pathways/registry/v1/service_pb'
import { brief } from '../../../text/dates'
import { absent, count, noSessions, percent } from '../../../text/figures'

export interface SchoolRow {
  urn: number
  name: string
  phase: string
  onRoll: string
  absence: string
  persistent: string
  severe: string
  dataUpTo: string
}

export interface Schools {
  rows: SchoolRow[]
  total: string
  // All schools together, only when the list is not narrowed.
  all?: { absence: string; persistent: string; severe: string }
}

function rates(total: SchoolSums['total']) {
  const sessions = total?.sessions ?? noSessions
  return {
    absence: percent(absent(sessions), sessions.possible),
    persistent: percent(total?.persistent ?? 0n, total?.enrolments ?? 0n),
    severe: percent(total?.severe ?? 0n, total?.enrolments ?? 0n),
  }
}

function row(school: School, sums: SchoolSums | undefined): SchoolRow {
  return {
    urn: school.urn,
    name: school.name,
    phase: school.phase,
    onRoll: count(school.onRoll),
    ...rates(sums?.total),
    dataUpTo: sums?.dataUpTo ? brief(sums.dataUpTo) : 'no register yet',
  }
}

export function presentSchools(list: ListSchoolsResponse, attendance: ListSchoolAttendanceResponse): Schools {
  const sums = new Map(attendance.schools.map(school => [school.urn, school]))
  return {
    rows: list.schools.map(school => row(school, sums.get(school.urn))),
    total: count(list.total),
    all: rates(attendance.total),
  }
}

