import { weeklyAbsenceChart } from '../../../charts/weeklyAbsence'
import { pageView } from '../../../components/pageView'
import { listed } from '../../../text/figures'
import { link, text } from '../../../components/tables'
import { stateTag } from '../../attendance/list/view'
import type { PupilHeader } from '../pupilHeader'
import type { Overview } from './presenter'
import { summaryRows } from '../../../components/summary'

export function overviewView(
  pupil: PupilHeader,
  overview: Overview,
  ask: { requestId: string; urn: number | undefined } | undefined,
  missing: readonly string[],
) {
  return {
    ...pageView(pupil.name, { back: pupil.back }),
    pupil,
    ask,
    missing: listed(missing),
    span: overview.span,
    dataUpTo: overview.dataUpTo,
    enrolments: overview.enrolments.map((enrolment, index) => ({
      ...enrolment,
      tag: stateTag(enrolment.state),
      chart: weeklyAbsenceChart(`weeks-${index}`, pupil.name, enrolment.weeks),
    })),
    crossings: {
      caption: 'Lines crossed this academic year',
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'What' }, { text: 'School day' }, { text: 'Up to that day' }],
      rows: overview.crossings.map(row => [text(row.what), text(row.day), text(row.figures)]),
    },
    requests: {
      caption: 'Early Help requests',
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'Request' }, { text: 'Main reason' }, { text: 'State' }, { text: 'Sent or started' }],
      rows: overview.requests.map(row => [link(row.href, row.reference), text(row.reason), text(row.state), text(row.when)]),
    },
    about: summaryRows(overview.about),
  }
}

