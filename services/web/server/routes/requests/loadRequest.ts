import { Code, ConnectError } from '@connectrpc/connect'
import type { Request } from 'express'
import { RequestState, type Request as EarlyHelpRequest } from '../../../gen/pathways/referrals/v1/service_pb'
import type { Clients } from '../../clients/clients'
import { pupilsById } from '../../services/names'
import { fullName } from '../../text/words'

export async function fetchRequest(clients: Clients, requestId: string): Promise<EarlyHelpRequest> {
  const { request } = await clients.referrals.getRequest({ requestId })
  if (!request) throw new ConnectError('no such request', Code.NotFound)
  return request
}

export async function loadRequest(clients: Clients, request: Request): Promise<EarlyHelpRequest> {
  const { request: requestId } = request.params
  if (typeof requestId !== 'string' || !/^[\w-]{1,64}$/.test(requestId)) throw new ConnectError('no such request', Code.NotFound)
  return fetchRequest(clients, requestId)
}

// A page of the writing school: refused when the request is no longer theirs to write.
export async function loadWritable(clients: Clients, request: Request): Promise<EarlyHelpRequest> {
  const found = await loadRequest(clients, request)
  if (!isWritable(found)) throw new ConnectError('This request has been sent and cannot be changed now.', Code.FailedPrecondition)
  return found
}

export function isWritable({ state }: Pick<EarlyHelpRequest, 'state'>): boolean {
  return state === RequestState.DRAFT || state === RequestState.MORE_ASKED
}

// Until the school wants it back no more.
export function isWithdrawable({ state }: Pick<EarlyHelpRequest, 'state'>): boolean {
  return isWritable({ state }) || state === RequestState.SUBMITTED
}

export async function pupilName(clients: Clients, pupilId: string): Promise<string> {
  const pupil = (await pupilsById(clients, [pupilId])).get(pupilId)
  return pupil ? fullName(pupil) : 'A pupil you cannot see'
}
