import type { Person } from '../../../auth/person'
import { select, type Option } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import { href, type Query } from '../../../components/query'
import { escape, link, tag, text } from '../../../components/tables'
import { plural } from '../../../text/figures'
import { caseStateOptions, originOptions, phases } from '../../../text/panel'
import { panelTabs } from '../tabs'
import type { CaseRow } from './presenter'

export interface List {
  rows: CaseRow[]
  total: number
  person: Person
  query: Query
  paging: Paging
  nextToken: string
  schools: Option[]
  here: string
}

const both: Option = { value: '', text: 'All' }
const states = [{ value: '', text: 'Open' }, { value: 'all', text: 'All' }, ...caseStateOptions.map(({ named }) => ({ value: named.code, text: named.text }))]
const completeness = [both, { value: 'incomplete', text: 'Something is missing' }]

function lines(...parts: string[]): { html: string } {
  return { html: parts.filter(Boolean).join('<br>') }
}

function cells(row: CaseRow, here: string, manySchools: boolean) {
  return [
    lines(link(href(`/panel/cases/${row.caseId}`, { from: here }), row.pupil).html ?? '', escape(row.reference)),
    ...(manySchools ? [text(row.school)] : []),
    lines(escape(row.origin), escape(row.asked && `Asks for: ${row.asked}`)),
    text(row.panel),
    lines(tag(row.state.text, row.state.colour), escape(row.sitting), row.lacks ? tag('Something is missing', 'yellow') : ''),
    lines(row.late ? tag('Late', 'red') : '', escape(row.due)),
    text(row.since),
  ]
}

export function casesView({ rows, total, person, query, paging, nextToken, schools, here }: List) {
  const manySchools = schools.length > 0
  return {
    ...pageView('Securing Education Panel: cases'),
    tabs: panelTabs(person, 'cases'),
    path: '/panel/cases',
    filtered: Boolean(query.state || query.panel || query.origin || query.school || query.show),
    total: plural(total, 'case'),
    empty: rows.length === 0,
    selects: [
      select('state', 'State', states, query.state ?? ''),
      select('panel', 'Panel', [both, ...phases], query.panel ?? ''),
      select('origin', 'How it came', [both, ...originOptions], query.origin ?? ''),
      ...(manySchools ? [select('school', 'School', [both, ...schools], query.school ?? '')] : []),
      select('show', 'Complete', completeness, query.show ?? ''),
    ],
    table: {
      caption: 'Cases, earliest due first',
      captionClasses: 'govuk-visually-hidden',
      head: ['Pupil', ...(manySchools ? ['School'] : []), 'How it came', 'Panel', 'State', 'Day six', 'With the panel since'].map(text),
      rows: rows.map(row => cells(row, here, manySchools)),
    },
    pagination: pagination('/panel/cases', query, paging, nextToken),
  }
}
