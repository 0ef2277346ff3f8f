import type { Person } from '../../../auth/person'
import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import type { Query } from '../../../components/query'
import { link, number, tag, text } from '../../../components/tables'
import type { ImportKind } from '../kinds'
import type { ImportSummary } from '../presenter'

export function importsView(kind: ImportKind, person: Person, rows: ImportSummary[], query: Query, paging: Paging, nextToken: string) {
  return {
    ...pageView(kind.words.sent),
    nothing: kind.words.none,
    tabs: kind.tabs?.(person),
    send: { text: kind.words.send, href: `${kind.path}/new` },
    empty: rows.length === 0,
    table: {
      caption: `${kind.words.sent}, newest first`,
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'File' }, { text: 'School' }, { text: 'Days' }, { text: 'Sent' }, { text: 'By' }, number('Rows'), number('Refused'), { text: 'State' }],
      rows: rows.map(row => [
        { ...link(`${kind.path}/${row.importId}`, row.fileName), classes: 'app-break' },
        text(row.school),
        text(row.days),
        text(row.started),
        text(row.by),
        number(row.rowsRead),
        number(row.rowsRefused),
        { html: tag(row.state.text, row.state.colour) },
      ]),
    },
    pagination: pagination(kind.path, query, paging, nextToken),
  }
}
