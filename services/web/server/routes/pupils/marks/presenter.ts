import type { Amendment, DayMarks, EnrolmentAttendance, GetPupilAttendanceResponse } from '../../../../gen/pathways/attendance/v1/service_pb'
import { codeMeaning } from '../../../text/attendanceCodes'
import { brief, dateTime, longDay } from '../../../text/dates'
import { plural } from '../../../text/figures'

export interface Mark {
  code: string
  meaning: string
  kind: 'present' | 'authorised' | 'unauthorised' | 'other' | 'none'
}

export interface MarkWeek {
  monday: string
  // Monday to Friday; undefined where there was no register.
  days: ({ am: Mark; pm: Mark } | undefined)[]
}

export interface EnrolmentMarks {
  school: string
  weeks: MarkWeek[]
  // What the school wrote beside marks: minutes late, a comment.
  notes: { session: string; mark: string; note: string }[]
  amendments: { day: string; change: string; reason: string; by: string; recorded: string }[]
}

export interface Marks {
  dataUpTo: string
  enrolments: EnrolmentMarks[]
  key: { code: string; meaning: string; kind: Mark['kind'] }[]
}

// Only for colouring; the counting is done by the attendance service.
const kinds: [Mark['kind'], readonly string[]][] = [
  ['present', ['/', '\\', 'L', 'B', 'K', 'P', 'V', 'W']],
  ['authorised', ['C', 'C1', 'C2', 'E', 'I', 'J1', 'M', 'R', 'S', 'T']],
  ['unauthorised', ['G', 'N', 'O', 'U']],
  ['none', ['', '-']],
]

function mark(code: string): Mark {
  const kind = kinds.find(([, codes]) => codes.includes(code))?.[0] ?? 'other'
  return { code: kind === 'none' ? '–' : code, meaning: codeMeaning(code), kind }
}

function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}

// Newest week first: that is the one people come to see.
function weeks(days: readonly DayMarks[]): MarkWeek[] {
  const byWeek = Map.groupBy(days, ({ day }) => mondayOf(day))
  return [...byWeek]
    .sort(([one], [other]) => other.localeCompare(one))
    .map(([monday, marks]) => ({
      monday: brief(monday),
      days: Array.from({ length: 5 }, (_, weekday) => {
        const found = marks.find(({ day }) => weekdayOf(day) === weekday)
        return found && { am: mark(found.am), pm: mark(found.pm) }
      }),
    }))
}

function amendment(change: Amendment, people: Map<string, string>): EnrolmentMarks['amendments'][number] {
  const from = change.original || 'no mark'
  const to = change.amended || 'no mark'
  return {
    day: `${longDay(change.day)}, ${change.session === 'AM' ? 'morning' : 'afternoon'}`,
    change: `${from} to ${to}`,
    reason: change.reason || 'None given in the file',
    by: change.amendedBy || people.get(change.personId) || 'Not given',
    recorded: dateTime(change.recordedAt),
  }
}

function notes(days: readonly DayMarks[]): EnrolmentMarks['notes'] {
  return days
    .flatMap(({ day, ...marks }) => [
      { day, session: 'morning', code: marks.am, late: marks.amMinutesLate, comment: marks.amComment },
      { day, session: 'afternoon', code: marks.pm, late: marks.pmMinutesLate, comment: marks.pmComment },
    ])
    .filter(({ late, comment }) => late > 0 || comment !== '')
    .map(({ day, session, code, late, comment }) => ({
      session: `${longDay(day)}, ${session}`,
      mark: `${code} ${codeMeaning(code)}`,
      note: [late > 0 ? `${plural(late, 'minute')} late` : '', comment].filter(Boolean).join('. '),
    }))
    .reverse()
}

function usedCodes(enrolments: readonly EnrolmentAttendance[]): Marks['key'] {
  const codes = new Set(enrolments.flatMap(({ days }) => days.flatMap(({ am, pm }) => [am, pm])))
  return [...codes].sort().map(code => mark(code))
}

export function presentMarks(
  attendance: GetPupilAttendanceResponse,
  schools: Map<number, string>,
  people: Map<string, string>,
): Marks {
  return {
    dataUpTo: longDay(attendance.dataUpTo),
    enrolments: attendance.enrolments.map(enrolment => ({
      school: schools.get(enrolment.urn) ?? `School ${enrolment.urn}`,
      weeks: weeks(enrolment.days),
      notes: notes(enrolment.days),
      amendments: enrolment.amendments.map(change => amendment(change, people)),
    })),
    key: usedCodes(attendance.enrolments),
  }
}
