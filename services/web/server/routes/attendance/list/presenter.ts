import type { EnrolmentRow, ListEnrolmentAttendanceResponse } from '../../../../gen/pathways/attendance/v1/service_pb'
import type { PupilName } from '../../../../gen/pathways/registry/v1/service_pb'
import { pupilLabel } from '../../../services/names'
import { longDay } from '../../../text/dates'
import { absent, count, noSessions, percent, plural } from '../../../text/figures'
import { yearGroup } from '../../../text/words'

export interface PupilRow {
  pupilId: string
  name: string
  yearGroup: string
  missed: string
  possible: string
  absence: string
  unauthorised: string
  state: 'severe' | 'persistent' | ''
}

export interface AttendanceList {
  school: string
  total: string
  dataUpTo: string
  rows: PupilRow[]
}

function row(enrolment: EnrolmentRow, names: Map<string, PupilName>): PupilRow {
  const sessions = enrolment.sessions ?? noSessions
  return {
    pupilId: enrolment.pupilId,
    name: pupilLabel(names.get(enrolment.pupilId)),
    yearGroup: yearGroup(enrolment.yearGroup),
    missed: count(absent(sessions)),
    possible: count(sessions.possible),
    absence: percent(absent(sessions), sessions.possible),
    unauthorised: count(sessions.unauthorised),
    state: enrolment.severe ? 'severe' : enrolment.persistent ? 'persistent' : '',
  }
}

export function presentList(school: string, list: ListEnrolmentAttendanceResponse, names: Map<string, PupilName>): AttendanceList {
  return {
    school,
    total: plural(list.total, 'pupil'),
    dataUpTo: longDay(list.dataUpTo),
    rows: list.rows.map(enrolment => row(enrolment, names)),
  }
}
