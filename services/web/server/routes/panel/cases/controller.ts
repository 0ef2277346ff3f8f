import type { RequestHandler } from 'express'
import type { Person } from '../../../auth/person'
import { readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { pupilsById, schoolsByUrn } from '../../../services/names'
import { schoolOptions } from '../../../services/schoolOptions'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { parameters, readFilters } from './form'
import { presentCase } from './presenter'
import { casesView } from './view'

export function showCases({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, parameters)
    const paging = readPaging(query)
    const [list, schools] = await Promise.all([
      clients.panel.listCases({ ...readFilters(query), pageSize: 50, pageToken: paging.token }),
      schoolOptions(clients, person),
    ])
    const [pupils, names] = await Promise.all([
      pupilsById(clients, list.cases.map(({ pupilId }) => pupilId)),
      schoolsByUrn(clients, list.cases.map(({ urn }) => urn)),
    ])
    const rows = list.cases.map(one => presentCase(one, { pupils, schools: names }, today(now())))
    render(response, 'panel/cases/page', casesView({ rows, total: Number(list.total), person, query, paging, nextToken: list.nextPageToken, schools, here: request.originalUrl }))
  }
}
