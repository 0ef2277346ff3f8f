import type { RequestHandler } from 'express'
import { ProposalState } from '../../../../gen/pathways/referrals/v1/service_pb'
import { readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { schoolOptions } from '../../../services/schoolOptions'
import { pupilsById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import type { Person } from '../../../auth/person'
import { proposalStateOptions } from '../../../text/requests'
import { presentProposal } from './presenter'
import { proposalsView } from './view'

export function showProposals({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, ['state', 'kind', 'school', 'page', 'trail'])
    const paging = readPaging(query)
    const list = await clients.referrals.listProposals({
      urn: Number(query.school) || 0,
      state: proposalStateOptions.find(({ named }) => named.code === query.state)?.state ?? ProposalState.OPEN,
      kind: query.kind ?? '',
      pageSize: 50,
      pageToken: paging.token,
    })
    const [pupils, schools, options] = await Promise.all([
      pupilsById(clients, list.proposals.map(({ pupilId }) => pupilId)),
      schoolsByUrn(clients, list.proposals.map(({ urn }) => urn)),
      schoolOptions(clients, person),
    ])
    const rows = list.proposals.map(proposal => presentProposal(proposal, pupils, schools))
    render(response, 'proposals/list/page', proposalsView(rows, Number(list.total), query, paging, list.nextPageToken, options, request.originalUrl))
  }
}
