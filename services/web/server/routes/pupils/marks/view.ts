import { pageView } from '../../../components/pageView'
import { escape, text, type Cell } from '../../../components/tables'
import { plural } from '../../../text/figures'
import type { PupilHeader } from '../pupilHeader'
import type { EnrolmentMarks, Mark, Marks, MarkWeek } from './presenter'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']

// The code to see, its meaning to hear.
export function markHtml({ code, meaning, kind }: Mark): string {
  return `<span class="app-mark app-mark--${kind}"><span aria-hidden="true">${escape(code)}</span><span class="govuk-visually-hidden">${escape(meaning)}.</span></span>`
}

function dayCell(day: MarkWeek['days'][number]): Cell {
  return day ? { html: `${markHtml(day.am)} ${markHtml(day.pm)}`, classes: 'app-nowrap' } : { html: '<span class="govuk-visually-hidden">No register</span>' }
}

function weekTable(enrolment: EnrolmentMarks) {
  return {
    caption: `Marks at ${enrolment.school}, newest week first`,
    captionClasses: 'govuk-visually-hidden',
    classes: 'app-marks',
    firstCellIsHeader: true,
    head: [{ text: 'Week of' }, ...weekdays.map(day => ({ html: `${day}<br><span class="govuk-body-s">am pm</span>` }))],
    rows: enrolment.weeks.map(week => [text(week.monday), ...week.days.map(dayCell)]),
  }
}

function amendmentTable(enrolment: EnrolmentMarks) {
  return {
    caption: 'Marks that were changed',
    captionClasses: 'govuk-visually-hidden',
    head: ['Session', 'Changed', 'Why', 'By', 'Recorded'].map(text),
    rows: enrolment.amendments.map(row => [
      text(row.day),
      { text: row.change, classes: 'app-nowrap' },
      text(row.reason),
      text(row.by),
      text(row.recorded),
    ]),
  }
}

function noteTable(enrolment: EnrolmentMarks) {
  return {
    caption: 'Written beside marks',
    captionClasses: 'govuk-visually-hidden',
    head: ['Session', 'Mark', 'Note'].map(text),
    rows: enrolment.notes.map(row => [row.session, row.mark, row.note].map(text)),
  }
}

export function marksView(pupil: PupilHeader, marks: Marks) {
  return {
    ...pageView(`Marks of ${pupil.name}`, { back: pupil.back }),
    pupil,
    dataUpTo: marks.dataUpTo,
    enrolments: marks.enrolments.map(enrolment => ({
      school: enrolment.school,
      weeks: weekTable(enrolment),
      notesTitle: `${plural(enrolment.notes.length, 'note')} written beside marks`,
      notes: enrolment.notes.length > 0 ? noteTable(enrolment) : undefined,
      amendmentsTitle: `${plural(enrolment.amendments.length, 'mark')} changed`,
      amendments: enrolment.amendments.length > 0 ? amendmentTable(enrolment) : undefined,
    })),
    key: marks.key,
  }
}
