import { Kind, type Exclusion, type PupilTotals } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { href } from '../../../components/query'
import { escape, link, tag, text } from '../../../components/tables'
import { fullWeekday } from '../../../text/dates'
import { daysOf, elsewhere, exclusionState, kindWords, lengthOf } from '../../../text/exclusions'
import { plural } from '../../../text/figures'
import { presentExclusion } from '../../exclusions/list/presenter'
import type { PupilHeader } from '../pupilHeader'

// Exclusions on the page of a pupil: totals of term and year, and each one.

export interface PupilExclusions {
  figures: { label: string; value: string; of: string }[]
  permanentlyExcluded: boolean
  rows: { exclusionId: string; kind: string; start: string; length: string; state: { text: string; colour: string }; next: string }[]
}

function figures(known: PupilTotals | undefined): PupilExclusions['figures'] {
  const totals = known?.totals
  if (!totals) return []
  const where = elsewhere(totals)
  return [
    { label: 'School days excluded this term', value: daysOf(totals.halfDaysInTerm), of: 'more than 15: the governing board must meet' },
    { label: 'School days excluded this year', value: daysOf(totals.halfDaysInYear), of: `of 45 that the law allows${where}` },
    { label: 'Suspensions this year', value: String(known.suspensionsInYear), of: 'lunchtimes included' },
  ]
}

export function presentPupilExclusions(exclusions: readonly Exclusion[] | undefined, known: PupilTotals | undefined, today: string): PupilExclusions {
  const names = { pupils: new Map(), schools: new Map(), reasons: [] }
  return {
    figures: figures(known),
    permanentlyExcluded: known?.permanentlyExcluded ?? false,
    rows: (exclusions ?? []).map(exclusion => {
      const { next, nextDue } = presentExclusion(exclusion, names, today)
      return {
        exclusionId: exclusion.exclusionId,
        kind: kindWords(exclusion.facts?.kind ?? Kind.UNSPECIFIED).text,
        start: fullWeekday(exclusion.facts?.startDate ?? ''),
        length: exclusion.facts ? lengthOf(exclusion.facts) : '',
        state: exclusionState(exclusion.state),
        next: [next, nextDue].filter(Boolean).join(': '),
      }
    }),
  }
}

export function pupilExclusionsView(pupil: PupilHeader, found: PupilExclusions | undefined, record: { draftId: string; urn: number | undefined } | undefined) {
  if (!found) return {}
  return {
    record,
    exclusions: {
      figures: found.figures,
      permanentlyExcluded: found.permanentlyExcluded,
      count: plural(found.rows.length, 'exclusion'),
      table: {
        caption: 'Suspensions and permanent exclusions',
        captionClasses: 'govuk-visually-hidden',
        head: ['Kind', 'First day', 'Length', 'State', 'Next step'].map(text),
        rows: found.rows.map(row => [
          link(href(`/exclusions/${row.exclusionId}`, { from: `/pupils/${pupil.pupilId}` }), row.kind, row.start),
          text(row.start),
          text(row.length),
          { html: tag(row.state.text, row.state.colour) },
          { html: escape(row.next) },
        ]),
      },
    },
  }
}
