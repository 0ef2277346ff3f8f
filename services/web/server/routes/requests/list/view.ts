import { can, type Person } from '../../../auth/person'
import { select, type Option } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import { href, type Query } from '../../../components/query'
import { escape, link, tag, text } from '../../../components/tables'
import { plural } from '../../../text/figures'
import { requestStateOptions } from '../../../text/requests'
import type { RequestRow } from './presenter'

function states(person: Person): Option[] {
  const one = requestStateOptions
    .filter(({ named }) => named.code !== 'draft' || can(person, 'writeRequests'))
    .map(({ named }) => ({ value: named.code, text: named.text }))
  return [{ value: '', text: 'Not finished' }, ...one, { value: 'all', text: 'All' }]
}

function shows(person: Person): Option[] {
  return [
    { value: '', text: 'All' },
    { value: 'overdue', text: 'Decision overdue' },
    ...(can(person, 'triage') ? [{ value: 'mine', text: 'Held by me' }] : []),
  ]
}

function due(row: RequestRow) {
  return { html: row.overdue ? `${escape(row.due)} ${tag('Overdue', 'red')}` : escape(row.due), classes: 'app-nowrap' }
}

function cells(row: RequestRow, here: string, manySchools: boolean) {
  return [
    link(href(`/requests/${row.requestId}`, { from: here }), row.pupil),
    { text: row.reference, classes: 'app-nowrap' },
    ...(manySchools ? [text(row.school)] : []),
    text(row.reason),
    { html: tag(row.state.text, row.state.colour) },
    due(row),
    text(row.worker),
  ]
}

export function requestsView(
  rows: RequestRow[],
  total: number,
  person: Person,
  query: Query,
  paging: Paging,
  nextToken: string,
  schools: Option[],
  here: string,
) {
  const manySchools = schools.length > 0
  const title = can(person, 'triage') ? 'Early Help queue' : 'Early Help requests'
  const school = select('school', 'School', [{ value: '', text: 'All' }, ...schools], query.school ?? '')
  return {
    ...pageView(title),
    path: '/requests',
    filtered: Boolean(query.state || query.show || query.school),
    total: plural(total, 'request'),
    empty: rows.length === 0,
    selects: [
      select('state', 'State', states(person), query.state ?? ''),
      select('show', 'Show', shows(person), query.show ?? ''),
      ...(manySchools ? [school] : []),
    ],
    table: {
      caption: title,
      captionClasses: 'govuk-visually-hidden',
      head: ['Pupil', 'Reference', ...(manySchools ? ['School'] : []), 'Main reason', 'State', 'Decision due', 'Held by'].map(text),
      rows: rows.map(row => cells(row, here, manySchools)),
    },
    pagination: pagination('/requests', query, paging, nextToken),
  }
}
