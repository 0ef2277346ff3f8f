import { pageView } from '../../components/pageView'
import { href, type Query } from '../../components/query'
import { text } from '../../components/tables'
import { writePosition } from '../../services/merged'
import type { PupilHeader } from '../pupils/pupilHeader'
import type { History } from './history'
import type { HistoryItem } from './presenter'

export function historyView(pupil: PupilHeader, items: HistoryItem[], query: Query, history: Pick<History, 'next' | 'missing'>) {
  const path = `/pupils/${pupil.pupilId}/access-history`
  return {
    ...pageView(`Access history of ${pupil.name}`, { back: pupil.back }),
    pupil,
    missing: history.missing.length > 0 ? `the entries of ${history.missing.join(' and ')}` : '',
    empty: items.length === 0,
    table: {
      caption: 'Who looked at or changed this record, newest first',
      captionClasses: 'govuk-visually-hidden',
      head: ['When', 'Who', 'Role at the time', 'What', 'School', 'Part of Pathways'].map(text),
      rows: items.map(item => [item.when, item.who, item.role, item.what, item.school, item.where].map(text)),
    },
    first: query.position ? href(path, { from: query.from }) : undefined,
    next: history.next && href(path, { from: query.from, position: writePosition(history.next) }),
  }
}
