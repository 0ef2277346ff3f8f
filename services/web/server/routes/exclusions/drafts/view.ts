import type { Person } from '../../../auth/person'
import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import type { Query } from '../../../components/query'
import { link, text } from '../../../components/tables'
import { exclusionTabs } from '../tabs'

export interface DraftRow {
  draftId: string
  pupil: string
  kind: string
  start: string
  saved: string
  by: string
}

export function draftsView(rows: DraftRow[], person: Person, query: Query, paging: Paging, nextToken: string) {
  return {
    ...pageView('Not recorded yet'),
    tabs: exclusionTabs(person, 'drafts'),
    empty: rows.length === 0,
    table: {
      caption: 'Suspensions and exclusions that were begun and not recorded',
      captionClasses: 'govuk-visually-hidden',
      head: ['Pupil', 'Kind', 'First day', 'Last saved', 'By', 'Throw away'].map(text),
      rows: rows.map(row => [
        link(`/exclusions/drafts/${row.draftId}`, row.pupil),
        text(row.kind),
        text(row.start),
        text(row.saved),
        text(row.by),
        link(`/exclusions/drafts/${row.draftId}/discard`, 'Throw away', `what was written about ${row.pupil}`),
      ]),
    },
    pagination: pagination('/exclusions/drafts', query, paging, nextToken),
  }
}
