import { can, type Person } from '../../../auth/person'
import { select, type Option } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import { href, type Query } from '../../../components/query'
import { escape, link, tag, text } from '../../../components/tables'
import { ownerOptions, stepOptions } from '../../../text/clock'
import { count, plural } from '../../../text/figures'
import { exclusionTabs } from '../tabs'
import type { DeadlineGroup, DeadlineRow } from './presenter'

export interface Queue {
  groups: DeadlineGroup[]
  total: number
  person: Person
  query: Query
  paging: Paging
  nextToken: string
  schools: Option[]
  here: string
}

const all: Option = { value: '', text: 'All' }
const shows: Option[] = [all, { value: 'late', text: 'Late' }]

function cells(row: DeadlineRow, here: string, manySchools: boolean) {
  return [
    link(href(`/exclusions/${row.exclusionId}`, { from: here }), row.pupil, `${row.what}, ${row.kind.toLowerCase()}`),
    text(row.what),
    text(row.due),
    text(row.owner),
    text(row.kind),
    ...(manySchools ? [text(row.school)] : []),
  ]
}

function table(group: DeadlineGroup, here: string, manySchools: boolean, paged: boolean) {
  return {
    heading: `${tag(group.tag, group.colour)}<span class="govuk-visually-hidden">: </span> ${escape(plural(group.rows.length, 'step'))}${paged ? ' on this page' : ''}`,
    table: {
      caption: `${group.title}: what is owed`,
      captionClasses: 'govuk-visually-hidden',
      classes: 'app-queue',
      head: ['Pupil', 'What is owed', 'When', 'By whom', 'Exclusion', ...(manySchools ? ['School'] : [])].map(text),
      rows: group.rows.map(row => cells(row, here, manySchools)),
    },
  }
}

export function queueView({ groups, total, person, query, paging, nextToken, schools, here }: Queue) {
  const manySchools = schools.length > 0
  const paged = nextToken !== '' || paging.token !== ''
  return {
    ...pageView('Exclusions'),
    tabs: exclusionTabs(person, 'queue'),
    path: '/exclusions',
    filtered: Boolean(query.school || query.step || query.owner || query.show),
    total: `${count(total)} ${total === 1 ? 'step is' : 'steps are'} owed`,
    empty: groups.length === 0,
    selects: [
      select('show', 'Show', shows, query.show ?? ''),
      select('step', 'What', [all, ...stepOptions], query.step ?? ''),
      select('owner', 'By whom', [all, ...ownerOptions], query.owner ?? ''),
      ...(manySchools ? [select('school', 'School', [all, ...schools], query.school ?? '')] : []),
    ],
    groups: groups.map(group => table(group, here, manySchools, paged)),
    download: can(person, 'exportFigures') ? href('/exclusions/clock.csv', { school: query.school }) : undefined,
    pagination: pagination('/exclusions', query, paging, nextToken),
  }
}
