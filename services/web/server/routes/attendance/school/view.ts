import { weeklyAbsenceChart } from '../../../charts/weeklyAbsence'
import { pageView } from '../../../components/pageView'
import { number, text } from '../../../components/tables'
import { plural } from '../../../text/figures'
import type { GroupRow, SchoolPage } from './presenter'

function tables(groups: GroupRow[]) {
  const topics = [...new Set(groups.map(group => group.topic))]
  return topics.map(topic => ({
    caption: topic,
    captionClasses: 'govuk-table__caption--s',
    firstCellIsHeader: true,
    head: [{ text: 'Group' }, ...['Enrolments', 'Absence', 'Unauthorised', 'Persistent', 'Severe'].map(number)],
    rows: groups
      .filter(group => group.topic === topic)
      .map(group => [
        text(group.group),
        ...[group.enrolments, group.absence, group.unauthorised, group.persistent, group.severe].map(number),
      ]),
  }))
}

export function schoolView(school: SchoolPage, back: { href: string; text: string } | undefined, mayDownload: boolean) {
  const list = `/schools/${school.urn}/attendance`
  return {
    ...pageView(school.name, { back }),
    ...school,
    mayDownload,
    listLinks: [
      { href: list, text: 'All pupils, most absent first' },
      { href: `${list}?show=persistent`, text: 'Persistently absent pupils' },
      { href: `${list}?show=severe`, text: 'Severely absent pupils' },
    ],
    chart: weeklyAbsenceChart('school-weeks', school.name, school.weeks),
    groupTables: tables(school.groups),
    withoutTitle: `${plural(school.without.length, 'school day')} without a register`,
  }
}
