import type { RequestHandler } from 'express'
import type { Person } from '../../../../auth/person'
import { fileDeadlineMs } from '../../../../clients/clients'
import { readPaging } from '../../../../components/pagination'
import { readQuery } from '../../../../components/query'
import { render } from '../../../../components/render'
import { sendFile } from '../../../../components/sendFile'
import { pupilsById, schoolsByUrn } from '../../../../services/names'
import { schoolOptions } from '../../../../services/schoolOptions'
import type { Services } from '../../../../services'
import { parameters, readFilters } from './form'
import { presentProposals } from './presenter'
import { listView } from './view'

// Pupils for whom help is proposed, most points first.
export function showProposals({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, parameters)
    const paging = readPaging(query)
    const [list, options] = await Promise.all([
      clients.risk.listRiskProposals({ ...readFilters(query), pageSize: 25, pageToken: paging.token }),
      schoolOptions(clients, person),
    ])
    const [pupils, schools] = await Promise.all([
      pupilsById(clients, list.proposals.map(({ pupilId }) => pupilId)),
      schoolsByUrn(clients, list.proposals.map(({ urn }) => urn)),
    ])
    const rows = presentProposals(list.proposals, pupils, schools)
    const view = listView({ rows, total: list.total, person, query, paging, nextToken: list.nextPageToken, schools: options, here: request.originalUrl })
    render(response, 'exclusions/risk/list/page', view)
  }
}

export function downloadProposals({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const proposals = readFilters(readQuery(request, parameters))
    await sendFile(response, clients.risk.exportRiskProposals({ proposals }, { timeoutMs: fileDeadlineMs }), 'proposals-of-help.csv')
  }
}
