import type { RequestHandler } from 'express'
import { field } from '../../components/query'
import { seeOther } from '../../components/render'
import type { Services } from '../../services'

// The form brings the id of the draft it makes, so that a double click makes one.
export function create({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const { request: made } = await clients.referrals.createRequest({
      requestId: field(request.body, 'request_id'),
      pupilId: field(request.body, 'pupil_id'),
      urn: Number(field(request.body, 'urn')) || 0,
      proposalId: field(request.body, 'proposal_id'),
    })
    await seeOther(response, `/requests/${made?.requestId ?? ''}`)
  }
}
