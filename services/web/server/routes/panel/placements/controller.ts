import type { RequestHandler } from 'express'
import { PlacementState } from '../../../../gen/pathways/panel/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { select } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { pagination, readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { summaryRows } from '../../../components/summary'
import { link, tag, text } from '../../../components/tables'
import { Gathering } from '../../../services/gather'
import { peopleById, pupilLabel, pupilsById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { listed } from '../../../text/figures'
import { placementState, placementStateOptions } from '../../../text/panel'
import { presentPlacementRow } from '../case/presenter'
import { idOf, pupilName } from '../load'
import { panelTabs } from '../tabs'
import { fetchPlacement } from './load'
import { presentPlacement, presentReviews, presentThere } from './presenter'
import { offeredNext } from './steps'

const states = [{ value: '', text: 'All' }, ...placementStateOptions.map(({ named }) => ({ value: named.code, text: named.text }))]

export function showPlacements({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, ['state', 'show', 'page', 'trail'])
    const paging = readPaging(query)
    const state = placementStateOptions.find(({ named }) => named.code === query.state)?.state
    const list = await clients.panel.listPlacements({ states: state === undefined ? [] : [state], reviewOverdue: query.show === 'review_overdue', pageSize: 50, pageToken: paging.token })
    const [pupils, schools] = await Promise.all([pupilsById(clients, list.placements.map(one => one.pupilId)), schoolsByUrn(clients, list.placements.map(one => one.receivingUrn))])
    const rows = list.placements.map(one => ({ ...presentPlacementRow(one, schools), pupil: pupilLabel(pupils.get(one.pupilId)) }))
    render(response, 'panel/placements/page', {
      ...pageView('Placements'),
      ...{
        tabs: panelTabs(response.locals.user as Person, 'placements'),
        path: '/panel/placements',
        filtered: Boolean(query.state || query.show),
        selects: [select('state', 'State', states, query.state ?? ''), select('show', 'Review', [{ value: '', text: 'All' }, { value: 'review_overdue', text: 'Overdue' }], query.show ?? '')],
        table: {
          caption: 'Placements, next review first',
          captionClasses: 'govuk-visually-hidden',
          head: ['Pupil', 'Where', 'State', 'First day', 'Next review'].map(text),
          rows: rows.map(row => [link(`/panel/placements/${row.placementId}`, row.pupil), text(row.name), { html: tag(row.state.text, row.state.colour) }, text(row.start), text(row.review)]),
        },
        pagination: pagination('/panel/placements', query, paging, list.nextPageToken),
      },
    })
  }
}

// Where a plan for the return may be begun, or is.
function offersReturn({ state, hasReintegrationPlan }: { state: PlacementState; hasReintegrationPlan: boolean }): boolean {
  return state === PlacementState.STARTED || hasReintegrationPlan
}

export function showPlacement({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const found = await fetchPlacement(clients, idOf(request, 'placement'))
    const { placementId } = found
    const gathering = new Gathering()
    const [pupil, schools, people, there] = await Promise.all([
      pupilName(clients, found.pupilId),
      schoolsByUrn(clients, [found.urn, found.receivingUrn, found.reintegrationUrn]),
      peopleById(clients, found.reviews.map(({ personId }) => personId)),
      gathering.get('attendance', () => clients.placed.getAttendanceThere({ placementId })),
    ])
    const begun = found.state === PlacementState.STARTED || found.state === PlacementState.ENDED
    const state = placementState(found.state)
    const path = `/panel/placements/${placementId}`
    render(response, 'panel/placements/placement', {
      ...pageView(`Placement of ${pupil}`, { back: { href: '/panel/placements', text: 'Placements' } }),
      ...{
        missing: listed(gathering.missing),
        stateTag: tag(state.text, state.colour),
        facts: summaryRows(presentPlacement(found, schools)),
        there: begun && there ? summaryRows(presentThere(there)) : [],
        reviews: presentReviews(found, people),
        caseHref: can(person, 'seePanel') && (found.receivingUrn === 0 || !person.urns.includes(found.receivingUrn)) ? `/panel/cases/${found.caseId}` : '',
        next: [
          ...offeredNext(found, person).map(({ name, text: words }) => ({ href: `${path}/${name}`, text: words })),
          ...(offersReturn(found) ? [{ href: `${path}/return`, text: found.hasReintegrationPlan ? 'Open the plan for the return' : 'Plan the return to a school' }] : []),
        ],
      },
    })
  }
}
