import { AttendanceSource, type GetAttendanceThereResponse, type SessionsThere } from '../../../../gen/pathways/panel/v1/placed_pb'
import { PlacementState, type Placement } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Labelled } from '../../../components/summary'
import { longDay } from '../../../text/dates'
import { percent, plural } from '../../../text/figures'
import { named } from '../../../text/panel'
import { daysWords, endReasons, reviewOutcomes } from '../../../text/providers'
import { presentPlacementRow } from '../case/presenter'

// "31 of 40 sessions (77.5%)"
function sessions({ attended, possible }: SessionsThere): string {
  return `${attended} of ${plural(possible, 'session')} (${percent(BigInt(attended), BigInt(possible))})`
}

const cannot: Record<AttendanceSource, string> = {
  [AttendanceSource.UNSPECIFIED]: 'Cannot tell: no register says anything of it yet',
  [AttendanceSource.OWN_REGISTER]: '',
  [AttendanceSource.HOME_REGISTER]: '',
  [AttendanceSource.NOT_ALLOWED]: 'Shown to those who may see registers: the schools and inclusion officers',
  [AttendanceSource.NOT_ANSWERING]: 'Attendance does not answer just now',
}

const sources: Partial<Record<AttendanceSource, string>> = {
  [AttendanceSource.OWN_REGISTER]: 'from the register there',
  [AttendanceSource.HOME_REGISTER]: 'from the register of the pupil’s school, codes B and K',
}

// How the pupil attends there; where nothing arrived, that it cannot be told.
export function presentThere(there: GetAttendanceThereResponse): Labelled[] {
  const { source, sinceStart, lastFourWeeks, dualSessions, lastMark } = there
  const dual = dualSessions > 0 ? [{ label: 'Recorded elsewhere', value: `${plural(dualSessions, 'session')} with code D: the pupil’s school does not say whether the pupil was there` }] : []
  if (!sinceStart || sinceStart.possible === 0) return [{ label: 'Attendance there', value: cannot[source] || cannot[AttendanceSource.UNSPECIFIED] }, ...dual]
  const recent = lastFourWeeks && lastFourWeeks.possible > 0 ? sessions(lastFourWeeks) : 'Cannot tell: no session of these weeks has a mark'
  return [
    { label: 'Attended since the start', value: `${sessions(sinceStart)}, ${sources[source] ?? ''}` },
    { label: 'Attended in the last four weeks', value: recent },
    { label: 'Registers up to', value: longDay(lastMark) },
    ...dual,
  ]
}

export function presentPlacement(found: Placement, schools: Map<number, string>): Labelled[] {
  const row = presentPlacementRow(found, schools)
  const begun = found.state === PlacementState.STARTED || found.state === PlacementState.ENDED
  return [
    { label: 'Where', value: row.name },
    { label: 'School of the case', value: schools.get(found.urn) ?? '' },
    { label: 'Days', value: daysWords(found.days) },
    { label: begun ? 'First day' : 'First day planned', value: row.start },
    { label: 'Planned until', value: longDay(found.plannedEnd) },
    { label: 'Next review', value: row.review },
    { label: 'What they need to know', value: found.message },
    { label: 'Ended', value: found.endedOn ? `${longDay(found.endedOn)}: ${named(endReasons, found.endReason).toLowerCase()}` : '' },
    { label: 'Goes to', value: found.reintegrationUrn > 0 ? `${schools.get(found.reintegrationUrn) ?? 'A school'} from ${longDay(found.reintegrationDay)}` : '' },
  ].filter(({ value }) => value !== '')
}

export function presentReviews(found: Placement, people: Map<string, string>) {
  return found.reviews.map(({ day, outcome, words, nextReview, personId }) => ({
    title: `${longDay(day)}: ${named(reviewOutcomes, outcome).toLowerCase()}`,
    by: people.get(personId) ?? 'a colleague',
    words,
    next: longDay(nextReview),
  }))
}
