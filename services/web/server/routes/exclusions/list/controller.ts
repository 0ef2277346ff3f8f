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
import { presentExclusion } from './presenter'
import { listView } from './view'

export function showExclusions({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, parameters)
    const paging = readPaging(query)
    const { asked, errors } = readFilters(query)
    const [list, { reasons }, options] = await Promise.all([
      clients.exclusions.listExclusions({ ...asked, pageSize: 50, pageToken: paging.token }),
      clients.exclusions.listReasons({}),
      schoolOptions(clients, person),
    ])
    const [pupils, schools] = await Promise.all([
      pupilsById(clients, list.exclusions.map(({ pupilId }) => pupilId)),
      schoolsByUrn(clients, list.exclusions.map(({ urn }) => urn)),
    ])
    const rows = list.exclusions.map(one => presentExclusion(one, { pupils, schools, reasons }, today(now())))
    const view = listView({ rows, total: Number(list.total), person, query, errors, paging, nextToken: list.nextPageToken, reasons, schools: options, here: request.originalUrl })
    render(response, 'exclusions/list/page', view)
  }
}
