import type { Person } from '../../../../auth/person'
import { select, type Option } from '../../../../components/forms'
import { pageView } from '../../../../components/pageView'
import { pagination, type Paging } from '../../../../components/pagination'
import { href, type Query } from '../../../../components/query'
import { escape, link, tag, text } from '../../../../components/tables'
import { plural } from '../../../../text/figures'
import { phaseOptions, riskDecisions, riskStateOptions } from '../../../../text/risk'
import { exclusionTabs } from '../../tabs'
import { riskLinks } from '../links'
import type { ProposalRow } from './presenter'

export interface ProposalPage {
  rows: ProposalRow[]
  total: bigint
  person: Person
  query: Query
  paging: Paging
  nextToken: string
  schools: Option[]
  here: string
}

const path = '/exclusions/risk'
const all: Option = { value: '', text: 'All' }
const states: Option[] = [...riskStateOptions.map(({ named }) => ({ value: named.code, text: named.text })), { value: 'all', text: 'All' }]
const decisions: Option[] = [{ value: '', text: 'Any or none' }, ...riskDecisions.map(({ code, text: words }) => ({ value: code, text: words }))]

function cells(row: ProposalRow, here: string, manySchools: boolean) {
  return [
    link(href(`${path}/${row.proposalId}`, { from: here }), row.pupil, 'why help is proposed'),
    ...(manySchools ? [text(row.school)] : []),
    text(row.points),
    { html: row.facts.map(escape).join('<br>') },
    { html: tag(row.state.text, row.state.colour) },
    text(row.since),
  ]
}

export function listView({ rows, total, person, query, paging, nextToken, schools, here }: ProposalPage) {
  const manySchools = schools.length > 0
  return {
    ...pageView('Pupils for whom help is proposed'),
    tabs: exclusionTabs(person, 'risk'),
    links: riskLinks(person, 'proposals'),
    path,
    filtered: Boolean(query.state || query.decision || query.phase || query.school),
    total: plural(total, 'proposal'),
    empty: rows.length === 0,
    selects: [
      select('state', 'State', states, query.state ?? (query.decision ? 'all' : 'open')),
      select('decision', 'Decision', decisions, query.decision ?? ''),
      select('phase', 'Phase', phaseOptions(all), query.phase ?? ''),
      ...(manySchools ? [select('school', 'School', [all, ...schools], query.school ?? '')] : []),
    ],
    table: {
      caption: 'Proposals, most points first',
      captionClasses: 'govuk-visually-hidden',
      head: ['Pupil', ...(manySchools ? ['School'] : []), 'Points', 'What brings most of them', 'State', 'Proposed'].map(text),
      rows: rows.map(row => cells(row, here, manySchools)),
    },
    download: rows.length > 0 ? href(`${path}/proposals.csv`, { ...query, page: undefined, trail: undefined }) : undefined,
    pagination: pagination(path, query, paging, nextToken),
  }
}
