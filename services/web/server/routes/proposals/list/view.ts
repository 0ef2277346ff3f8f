import { select, type Option } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import { href, type Query } from '../../../components/query'
import { link, number, tag, text } from '../../../components/tables'
import { plural } from '../../../text/figures'
import { proposalStateOptions } from '../../../text/requests'
import { crossing } from '../../../text/words'
import type { ProposalRow } from './presenter'

const kinds: Option[] = [
  { value: '', text: 'All' },
  ...['severe', 'persistent', 'unauthorised_10_in_10_weeks'].map(kind => ({ value: kind, text: crossing(kind) })),
]
const states: Option[] = proposalStateOptions.map(({ named }) => ({ value: named.code, text: named.text }))

function cells(row: ProposalRow, here: string, manySchools: boolean) {
  return [
    link(href(`/proposals/${row.proposalId}`, { from: here }), row.pupil),
    text(row.yearGroup),
    ...(manySchools ? [text(row.school)] : []),
    row.severe ? { html: tag(row.why, 'red') } : text(row.why),
    number(row.missed),
    number(row.absence),
    { text: row.day, classes: 'app-nowrap' },
  ]
}

export function proposalsView(
  rows: ProposalRow[],
  total: number,
  query: Query,
  paging: Paging,
  nextToken: string,
  schools: Option[],
  here: string,
) {
  const manySchools = schools.length > 0
  const school = select('school', 'School', [{ value: '', text: 'All' }, ...schools], query.school ?? '')
  return {
    ...pageView('Proposals'),
    path: '/proposals',
    filtered: Boolean(query.state || query.kind || query.school),
    total: plural(total, 'proposal'),
    empty: rows.length === 0,
    selects: [
      select('state', 'State', states, query.state ?? 'open'),
      select('kind', 'Why', kinds, query.kind ?? ''),
      ...(manySchools ? [school] : []),
    ],
    table: {
      caption: 'Proposals',
      captionClasses: 'govuk-visually-hidden',
      head: [...['Pupil', 'Year group', ...(manySchools ? ['School'] : []), 'Why'].map(text), number('Sessions missed'), number('Absence'), text('Since')],
      rows: rows.map(row => cells(row, here, manySchools)),
    },
    pagination: pagination('/proposals', query, paging, nextToken),
  }
}
