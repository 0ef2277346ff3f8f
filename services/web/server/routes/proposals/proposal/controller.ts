import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { ProposalState } from '../../../../gen/pathways/referrals/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { backTo } from '../../../components/query'
import { render } from '../../../components/render'
import { pupilsById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { loadProposal } from '../loadProposal'
import { presentProposalPage } from './presenter'
import { proposalView } from './view'

export function showProposal({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const proposal = await loadProposal(clients, request)
    const [pupils, schools] = await Promise.all([
      pupilsById(clients, [proposal.pupilId]),
      schoolsByUrn(clients, [proposal.urn]),
    ])
    const page = presentProposalPage(proposal, pupils.get(proposal.pupilId), schools.get(proposal.urn) ?? '')
    const open = proposal.state === ProposalState.OPEN
    const may = {
      ask: open && can(person, 'writeRequests') && person.urns.includes(proposal.urn) ? randomUUID() : undefined,
      dismiss: open && can(person, 'decideProposals'),
    }
    render(response, 'proposals/proposal/page', proposalView(page, may, backTo(request, '/proposals'), request.originalUrl))
  }
}
