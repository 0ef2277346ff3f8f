import { pageView } from '../../../../components/pageView'
import { pagination, type Paging } from '../../../../components/pagination'
import { href, type Query } from '../../../../components/query'
import { escape, link, text } from '../../../../components/tables'
import { plural } from '../../../../text/figures'
import { periodName, undivided, valueName, type ValueNames } from '../../../../text/trends'
import { trendsHref } from '../form'
import type { CaseRow, Point } from './presenter'

export interface Cases {
  rows: CaseRow[]
  total: bigint
  point: Point
  names: ValueNames
  placeName: string
  query: Query
  paging: Paging
  nextToken: string
  here: string
}

function cells(row: CaseRow, here: string) {
  return [
    { html: `${link(href(`/exclusions/${row.exclusionId}`, { from: here }), row.pupil, row.reference).html}<br>${escape(row.reference)}` },
    text(row.school),
    { html: [row.kind, row.length].filter(Boolean).map(escape).join('<br>') },
    text(row.start),
    { html: row.reasons.map(escape).join('<br>') },
    text(row.origin),
  ]
}

// What else the number counts, where it does not count cases.
const counts: Record<string, string> = {
  pupils: 'A pupil suspended more than once is here more than once, and counts once.',
  sessions: 'The number counts their half days.',
}

export function casesView({ rows, total, point, names, placeName, query, paging, nextToken, here }: Cases) {
  const { measure, breakdown } = point.question
  const permanent = measure.code === 'permanent'
  const group = breakdown === undivided ? '' : `${breakdown.name}: ${valueName(breakdown.by, point.value, names)}`
  const title = `${measure.name}, ${periodName(point.year, point.term)}`
  return {
    ...pageView(title, { back: { href: trendsHref(point.question), text: 'Exclusions over the years' } }),
    facts: [placeName, group].filter(Boolean),
    total: plural(total, permanent ? 'permanent exclusion' : 'suspension'),
    counts: counts[measure.code] ?? '',
    empty: rows.length === 0,
    table: {
      caption: `Cases behind: ${title}`,
      captionClasses: 'govuk-visually-hidden',
      head: ['Pupil', 'School', 'Kind', 'First day', 'Reasons', 'Where it came from'].map(text),
      rows: rows.map(row => cells(row, here)),
    },
    pagination: pagination('/exclusions/trends/cases', query, paging, nextToken),
  }
}
