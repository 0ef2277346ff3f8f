import type { RequestHandler } from 'express'
import { RequestState } from '../../../../gen/pathways/referrals/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { readPaging } from '../../../components/pagination'
import { readQuery, type Query } from '../../../components/query'
import { render } from '../../../components/render'
import { peopleById, pupilsById, schoolsByUrn } from '../../../services/names'
import { schoolOptions } from '../../../services/schoolOptions'
import type { Services } from '../../../services'
import { requestStateOptions } from '../../../text/requests'
import { presentRequest } from './presenter'
import { requestsView } from './view'

const open = [RequestState.DRAFT, RequestState.SUBMITTED, RequestState.MORE_ASKED, RequestState.ACCEPTED, RequestState.ALLOCATED]

// Drafts are the school's own business until they are sent.
export function statesAsked(query: Query, person: Person): RequestState[] {
  const one = requestStateOptions.find(({ named }) => named.code === query.state)
  if (one) return [one.state]
  const all = query.state === 'all' ? requestStateOptions.map(({ state }) => state) : open
  return can(person, 'writeRequests') ? all : all.filter(state => state !== RequestState.DRAFT)
}

export function showRequests({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, ['state', 'show', 'school', 'page', 'trail'])
    const paging = readPaging(query)
    const list = await clients.referrals.listRequests({
      states: statesAsked(query, person),
      urn: Number(query.school) || 0,
      workerId: query.show === 'mine' ? person.id : '',
      overdue: query.show === 'overdue',
      pageSize: 50,
      pageToken: paging.token,
    })
    const [pupils, schools, people, options] = await Promise.all([
      pupilsById(clients, list.requests.map(({ pupilId }) => pupilId)),
      schoolsByUrn(clients, list.requests.map(({ urn }) => urn)),
      peopleById(clients, list.requests.map(({ workerId }) => workerId)),
      schoolOptions(clients, person),
    ])
    const rows = list.requests.map(one => presentRequest(one, { pupils, schools, people }, now()))
    render(response, 'requests/list/page', requestsView(rows, Number(list.total), person, query, paging, list.nextPageToken, options, request.originalUrl))
  }
}
