import type { EnrolmentAttendance, GetPupilAttendanceResponse, WeekSums } from '../../../../gen/pathways/attendance/v1/service_pb'
import type { Pupil } from '../../../../gen/pathways/registry/v1/service_pb'
import type { Request } from '../../../../gen/pathways/referrals/v1/service_pb'
import { mainReason } from '../../../requestForm/definition'
import { dayOfInstant, longDay } from '../../../text/dates'
import { absent, count, missedOf, noSessions, percent, plural } from '../../../text/figures'
import { requestState } from '../../../text/requests'
import { crossing, senProvision, sex, yesNo } from '../../../text/words'

export interface EnrolmentFigures {
  school: string
  state: 'severe' | 'persistent' | ''
  figures: { label: string; value: string; of: string }[]
  weeks: WeekSums[]
}

export interface Overview {
  span: string
  dataUpTo: string
  enrolments: EnrolmentFigures[]
  crossings: { what: string; day: string; figures: string }[]
  requests: { href: string; reference: string; reason: string; state: string; when: string }[]
  about: { label: string; value: string }[]
}

function figures(enrolment: EnrolmentAttendance): EnrolmentFigures['figures'] {
  const sums = enrolment.sessions ?? noSessions
  const share = (label: string, part: bigint) => ({
    label,
    value: percent(part, sums.possible),
    of: `${count(part)} of ${plural(sums.possible, 'possible session')}`,
  })
  return [
    share('Absence', absent(sums)),
    share('Authorised absence', sums.authorised),
    share('Unauthorised absence', sums.unauthorised),
    {
      label: 'Marks missing',
      value: count(enrolment.missingMarks),
      of: 'sessions without a mark; they count as neither attended nor missed',
    },
  ]
}

function enrolmentFigures(enrolment: EnrolmentAttendance, schools: Map<number, string>): EnrolmentFigures {
  return {
    school: schools.get(enrolment.urn) ?? `School ${enrolment.urn}`,
    state: enrolment.severe ? 'severe' : enrolment.persistent ? 'persistent' : '',
    figures: figures(enrolment),
    weeks: enrolment.weeks,
  }
}

function about(pupil: Pupil): Overview['about'] {
  return [
    { label: 'Sex', value: sex(pupil.sex) },
    { label: 'Special educational needs', value: senProvision(pupil.senProvision) },
    { label: 'Pupil premium', value: yesNo(pupil.pupilPremium) },
    { label: 'Free school meals', value: yesNo(pupil.freeSchoolMeals) },
    { label: 'English as an additional language', value: yesNo(pupil.englishAdditionalLanguage) },
    { label: 'Looked after', value: yesNo(pupil.lookedAfter) },
    ...pupil.enrolments.map(enrolment => ({
      label: 'Enrolled',
      value: `${enrolment.schoolName}, ${enrolment.leavingDate ? `${longDay(enrolment.entryDate)} to ${longDay(enrolment.leavingDate)}` : `since ${longDay(enrolment.entryDate)}`}`,
    })),
  ]
}

export function presentOverview(
  pupil: Pupil,
  attendance: GetPupilAttendanceResponse | undefined,
  requests: Request[] | undefined,
  schools: Map<number, string>,
): Overview {
  return {
    span: attendance ? `${longDay(attendance.from)} to ${longDay(attendance.to)}` : '',
    dataUpTo: longDay(attendance?.dataUpTo ?? ''),
    enrolments: (attendance?.enrolments ?? []).map(enrolment => enrolmentFigures(enrolment, schools)),
    crossings: (attendance?.crossings ?? []).map(({ kind, day, sessionsAbsent, sessionsPossible }) => ({
      what: crossing(kind),
      day: longDay(day),
      figures: `${missedOf(sessionsAbsent, sessionsPossible)} (${percent(sessionsAbsent, sessionsPossible)})`,
    })),
    requests: (requests ?? []).map(request => ({
      href: `/requests/${request.requestId}`,
      reference: request.reference || 'Draft',
      reason: mainReason(request.mainReason),
      state: requestState(request.state).text,
      when: dayOfInstant(request.submittedAt || request.createdAt),
    })),
    about: about(pupil),
  }
}
