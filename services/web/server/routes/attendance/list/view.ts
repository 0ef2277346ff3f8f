import { select, type Option } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import { href, type Query } from '../../../components/query'
import { link, number, tag, text } from '../../../components/tables'
import { yearGroup, yearGroups } from '../../../text/words'
import type { AttendanceList, PupilRow } from './presenter'

const shows: Option[] = [
  { value: '', text: 'All pupils' },
  { value: 'persistent', text: 'Persistently absent (10% or more)' },
  { value: 'severe', text: 'Severely absent (50% or more)' },
]
const orders: Option[] = [
  { value: '', text: 'Most absent first' },
  { value: 'unauthorised', text: 'Most unauthorised first' },
  { value: 'least', text: 'Least absent first' },
]
const years: Option[] = [{ value: '', text: 'All' }, ...yearGroups.map(code => ({ value: code, text: yearGroup(code) }))]

export function stateTag(state: PupilRow['state']): string {
  if (state === 'severe') return tag('Severe', 'red')
  return state === 'persistent' ? tag('Persistent', 'yellow') : ''
}

function cells(row: PupilRow, here: string) {
  return [
    link(href(`/pupils/${row.pupilId}`, { from: here }), row.name),
    text(row.yearGroup),
    number(row.missed),
    number(row.possible),
    number(row.absence),
    number(row.unauthorised),
    { html: stateTag(row.state) },
  ]
}

export function listView(urn: number, list: AttendanceList, query: Query, paging: Paging, nextToken: string, here: string) {
  const path = `/schools/${urn}/attendance`
  return {
    ...pageView(`Attendance of pupils, ${list.school}`, { back: { href: `/schools/${urn}`, text: list.school } }),
    ...list,
    path,
    filtered: Boolean(query.show || query.year || query.order),
    selects: [
      select('show', 'Show', shows, query.show ?? ''),
      select('year', 'Year group', years, query.year ?? ''),
      select('order', 'Order', orders, query.order ?? ''),
    ],
    table: {
      caption: `Pupils of ${list.school} and the sessions they missed this academic year`,
      captionClasses: 'govuk-visually-hidden',
      head: [
        { text: 'Pupil' },
        { text: 'Year group' },
        number('Sessions missed'),
        number('Possible'),
        number('Absence'),
        number('Unauthorised'),
        { text: 'State' },
      ],
      rows: list.rows.map(row => cells(row, here)),
    },
    pagination: pagination(path, query, paging, nextToken),
  }
}
