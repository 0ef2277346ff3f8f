import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import type { Query } from '../../../components/query'
import { link, number, text } from '../../../components/tables'
import type { SchoolRow, Schools } from './presenter'

function cells(row: SchoolRow) {
  return [
    link(`/schools/${row.urn}`, row.name),
    text(row.phase),
    number(row.onRoll),
    number(row.absence),
    number(row.persistent),
    number(row.severe),
    { text: row.dataUpTo, classes: 'app-nowrap' },
  ]
}

export function schoolsView(schools: Schools, query: Query, paging: Paging, nextToken: string) {
  return {
    ...pageView('Schools'),
    query,
    total: schools.total,
    all: schools.all,
    empty: schools.rows.length === 0,
    table: {
      caption: 'Schools and their attendance this academic year',
      captionClasses: 'govuk-visually-hidden',
      head: [
        { text: 'School' },
        { text: 'Phase' },
        number('On roll'),
        number('Absence'),
        number('Persistent'),
        number('Severe'),
        { text: 'Registers up to' },
      ],
      rows: schools.rows.map(cells),
    },
    pagination: pagination('/schools', query, paging, nextToken),
  }
}
