import { Code, ConnectError } from '@connectrpc/connect'
import type { Request } from 'express'
import type { Proposal } from '../../../gen/pathways/referrals/v1/service_pb'
import type { Clients } from '../../clients/clients'

export async function loadProposal(clients: Clients, request: Request): Promise<Proposal> {
  const { proposal: proposalId } = request.params
  if (typeof proposalId !== 'string' || !/^[\w-]{1,64}$/.test(proposalId)) throw new ConnectError('no such proposal', Code.NotFound)
  const { proposal } = await clients.referrals.getProposal({ proposalId })
  if (!proposal) throw new ConnectError('no such proposal', Code.NotFound)
  return proposal
}
