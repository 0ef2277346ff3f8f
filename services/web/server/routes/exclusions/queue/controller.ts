import type { RequestHandler } from 'express'
import type { Person } from '../../../auth/person'
import { readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { pupilsById, schoolsByUrn } from '../../../services/names'
import { schoolOptions } from '../../../services/schoolOptions'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { presentQueue } from './presenter'
import { queueView } from './view'

// What is owed over all exclusions, late first.
export function showQueue({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, ['school', 'step', 'owner', 'show', 'page', 'trail'])
    const paging = readPaging(query)
    const list = await clients.exclusions.listDeadlines({
      urn: Number(query.school) || 0,
      step: query.step ?? '',
      owner: query.owner ?? '',
      late: query.show === 'late',
      pageSize: 50,
      pageToken: paging.token,
    })
    const [pupils, schools, options] = await Promise.all([
      pupilsById(clients, list.deadlines.map(({ exclusion }) => exclusion?.pupilId ?? '')),
      schoolsByUrn(clients, list.deadlines.map(({ exclusion }) => exclusion?.urn ?? 0)),
      schoolOptions(clients, person),
    ])
    const groups = presentQueue(list.deadlines, pupils, schools, today(now()))
    const view = queueView({ groups, total: Number(list.total), person, query, paging, nextToken: list.nextPageToken, schools: options, here: request.originalUrl })
    render(response, 'exclusions/queue/page', view)
  }
}
