import type { RequestHandler } from 'express'
import { SittingState } from '../../../../gen/pathways/panel/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import type { Services } from '../../../services'
import { phases, sittingStateOptions } from '../../../text/panel'
import { sittingsView } from './view'

const coming = [SittingState.PLANNED, SittingState.OPEN]

export function showSittings({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, ['state', 'panel', 'page', 'trail'])
    const paging = readPaging(query)
    const state = sittingStateOptions.find(({ named }) => named.code === query.state)?.state
    const [list, { panels }] = await Promise.all([
      clients.panel.listSittings({
        states: state !== undefined ? [state] : query.state === 'all' ? [] : coming,
        phase: phases.find(({ value }) => value === query.panel)?.phase,
        pageSize: 50,
        pageToken: paging.token,
      }),
      clients.panel.listPanels({}),
    ])
    render(response, 'panel/sittings/page', sittingsView({ sittings: list.sittings, person, query, paging, nextToken: list.nextPageToken, mayMake: can(person, 'managePanel'), hasPanels: panels.length > 0 }))
  }
}
