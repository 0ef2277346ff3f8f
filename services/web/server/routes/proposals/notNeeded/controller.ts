import type { RequestHandler } from 'express'
import { isCorrectable, violationsOf } from '../../../clients/problems'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import { backTo, field } from '../../../components/query'
import { checkReason } from '../../../components/reason'
import { render, seeOther } from '../../../components/render'
import { pupilsById } from '../../../services/names'
import type { Services } from '../../../services'
import { fullName } from '../../../text/words'
import { loadProposal } from '../loadProposal'
import { notNeededView, reasonLimit } from './view'

async function loadName({ clients }: Services, pupilId: string): Promise<string> {
  const pupil = (await pupilsById(clients, [pupilId])).get(pupilId)
  return pupil ? fullName(pupil) : 'this pupil'
}

export function askWhyNot(services: Services): RequestHandler {
  return async (request, response) => {
    const proposal = await loadProposal(services.clients, request)
    const name = await loadName(services, proposal.pupilId)
    render(response, 'proposals/notNeeded/page', notNeededView(proposal.proposalId, name, '', {}, backTo(request, '')))
  }
}

export function dismiss(services: Services): RequestHandler {
  return async (request, response) => {
    const proposal = await loadProposal(services.clients, request)
    const reason = field(request.body, 'reason')
    const again = async (errors: FieldErrors) => {
      const name = await loadName(services, proposal.pupilId)
      render(response, 'proposals/notNeeded/page', notNeededView(proposal.proposalId, name, reason, errors, backTo(request, '')))
    }
    const errors = checkReason('reason', reason, reasonLimit, 'Enter why a request is not needed')
    if (hasErrors(errors)) return again(errors)
    try {
      await services.clients.referrals.dismissProposal({ proposalId: proposal.proposalId, reason })
    } catch (error) {
      const [violation] = violationsOf(error)
      if (!isCorrectable(error) || !violation) throw error
      return again({ reason: violation.description })
    }
    request.session.flash = 'Recorded that no request is needed.'
    await seeOther(response, backTo(request, '/proposals'))
  }
}
