import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import type { Query } from '../../../components/query'
import { link, number, tag, text } from '../../../components/tables'
import type { ImportSummary } from '../presenter'

export function importsView(rows: ImportSummary[], query: Query, paging: Paging, nextToken: string) {
  return {
    ...pageView('Registers sent'),
    empty: rows.length === 0,
    table: {
      caption: 'Registers sent, newest first',
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'File' }, { text: 'School' }, { text: 'Days' }, { text: 'Sent' }, { text: 'By' }, number('Rows'), number('Refused'), { text: 'State' }],
      rows: rows.map(row => [
        { ...link(`/imports/${row.importId}`, row.fileName), classes: 'app-break' },
        text(row.school),
        text(row.days),
        text(row.started),
        text(row.by),
        number(row.rowsRead),
        number(row.rowsRefused),
        { html: tag(row.state.text, row.state.colour) },
      ]),
    },
    pagination: pagination('/imports', query, paging, nextToken),
  }
}
