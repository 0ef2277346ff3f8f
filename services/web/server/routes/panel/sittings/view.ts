import type { Sitting } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Person } from '../../../auth/person'
import { select } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import type { Query } from '../../../components/query'
import { link, tag, text } from '../../../components/tables'
import { longDay } from '../../../text/dates'
import { phases, sittingState, sittingStateOptions } from '../../../text/panel'
import { panelTabs } from '../tabs'

interface List {
  sittings: readonly Sitting[]
  person: Person
  query: Query
  paging: Paging
  nextToken: string
  mayMake: boolean
  // Without a panel there is nothing to plan a sitting of.
  hasPanels: boolean
}

const states = [{ value: '', text: 'To come' }, { value: 'all', text: 'All' }, ...sittingStateOptions.map(({ named }) => ({ value: named.code, text: named.text }))]

export function sittingsView({ sittings, person, query, paging, nextToken, mayMake, hasPanels }: List) {
  return {
    ...pageView('Sittings of the panel'),
    tabs: panelTabs(person, 'sittings'),
    path: '/panel/sittings',
    filtered: Boolean(query.state || query.panel),
    mayMake,
    hasPanels,
    empty: sittings.length === 0,
    selects: [select('state', 'State', states, query.state ?? ''), select('panel', 'Panel', [{ value: '', text: 'All' }, ...phases], query.panel ?? '')],
    table: {
      caption: 'Sittings, earliest first',
      captionClasses: 'govuk-visually-hidden',
      head: ['Day', 'Panel', 'From', 'Where', 'Cases', 'Papers go out', 'State'].map(text),
      rows: sittings.map(one => {
        const state = sittingState(one.state)
        return [
          link(`/panel/sittings/${one.sittingId}`, longDay(one.day), `, ${one.panelName}`),
          text(one.panelName),
          text(one.startsAt),
          text(one.venue),
          text(`${one.cases} of ${one.capacity}`),
          text(longDay(one.papersDay)),
          { html: tag(state.text, state.colour) },
        ]
      }),
    },
    pagination: pagination('/panel/sittings', query, paging, nextToken),
  }
}
