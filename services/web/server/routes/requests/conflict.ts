import type { Response } from 'express'
import type { Request as EarlyHelpRequest } from '../../../gen/pathways/referrals/v1/service_pb'
import type { Clients } from '../../clients/clients'
import { renderConflict as renderAnyConflict, type Conflict as AnyConflict } from '../../services/conflict'
import { requestState } from '../../text/requests'

export interface Conflict extends Pick<AnyConflict, 'versions' | 'again' | 'keep'> {
  now: EarlyHelpRequest
}

export function renderConflict(response: Response, clients: Clients, { now, ...rest }: Conflict): Promise<void> {
  const { updatedBy, updatedAt, state } = now
  return renderAnyConflict(response, clients, { what: 'request', state: requestState(state).text, updatedBy, updatedAt, ...rest })
}
