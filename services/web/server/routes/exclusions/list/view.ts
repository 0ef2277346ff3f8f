import type { Reason } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import type { FieldErrors } from '../../../components/errors'
import { dayFilter, select, type Option } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import { href, type Query } from '../../../components/query'
import { escape, link, tag, text } from '../../../components/tables'
import { exclusionStateOptions, kindOptions } from '../../../text/exclusions'
import { plural } from '../../../text/figures'
import { exclusionTabs } from '../tabs'
import type { ExclusionRow } from './presenter'

export interface List {
  rows: ExclusionRow[]
  total: number
  person: Person
  query: Query
  errors: FieldErrors
  paging: Paging
  nextToken: string
  reasons: readonly Reason[]
  schools: Option[]
  here: string
}

const all: Option = { value: '', text: 'All' }
const kinds = [all, ...kindOptions.map(({ words }) => ({ value: words.code, text: words.text }))]
const states = [all, ...exclusionStateOptions.map(({ named }) => ({ value: named.code, text: named.text }))]

function next(row: ExclusionRow) {
  if (row.next === '') return text('')
  return { html: `${escape(row.next)}<br>${row.late ? `${tag('Late', 'red')} ` : ''}${escape(row.nextDue)}` }
}

function cells(row: ExclusionRow, here: string, manySchools: boolean) {
  return [
    { html: `${link(href(`/exclusions/${row.exclusionId}`, { from: here }), row.pupil).html}<br>${escape(row.reference)}` },
    ...(manySchools ? [text(row.school)] : []),
    { html: [row.kind, row.length].filter(Boolean).map(escape).join('<br>') },
    text(row.start),
    { html: row.reasons.map(escape).join('<br>') },
    { html: tag(row.state.text, row.state.colour) },
    next(row),
  ]
}

export function listView({ rows, total, person, query, errors, paging, nextToken, reasons, schools, here }: List) {
  const manySchools = schools.length > 0
  const reasonOptions = [all, ...reasons.map(({ code, name }) => ({ value: code, text: name }))]
  return {
    ...pageView('All exclusions', { errors }),
    tabs: exclusionTabs(person, 'list'),
    path: '/exclusions/list',
    filtered: Boolean(query.kind || query.state || query.reason || query.start_from || query.start_to || query.on || query.school),
    total: plural(total, 'exclusion'),
    empty: rows.length === 0,
    selects: [
      select('kind', 'Kind', kinds, query.kind ?? ''),
      select('state', 'State', states, query.state ?? ''),
      select('reason', 'Reason', reasonOptions, query.reason ?? ''),
      ...(manySchools ? [select('school', 'School', [all, ...schools], query.school ?? '')] : []),
    ],
    days: [
      dayFilter('start_from', 'Began on or after', query.start_from ?? '', errors),
      dayFilter('start_to', 'Began on or before', query.start_to ?? '', errors),
      dayFilter('on', 'Suspended on', query.on ?? '', errors),
    ],
    table: {
      caption: 'Exclusions, newest first',
      captionClasses: 'govuk-visually-hidden',
      head: ['Pupil', ...(manySchools ? ['School'] : []), 'Kind', 'First day', 'Reasons', 'State', 'Next step'].map(text),
      rows: rows.map(row => cells(row, here, manySchools)),
    },
    download: can(person, 'exportFigures') ? href('/exclusions/exclusions.csv', { school: query.school, from: query.start_from, to: query.start_to }) : undefined,
    pagination: pagination('/exclusions/list', query, paging, nextToken),
  }
}
