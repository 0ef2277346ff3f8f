import { Code, ConnectError } from '@connectrpc/connect'
import type { Request } from 'express'
import { CaseState, type PanelCase } from '../../../gen/pathways/panel/v1/service_pb'
import { can, type Person } from '../../auth/person'
import type { Clients } from '../../clients/clients'
import { pupilsById } from '../../services/names'
import { fullName } from '../../text/words'

export function idOf(request: Request, name: string): string {
  const id = request.params[name]
  if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) throw new ConnectError(`no such ${name}`, Code.NotFound)
  return id
}

export async function fetchCase(clients: Clients, caseId: string): Promise<PanelCase> {
  const { panelCase } = await clients.panel.getCase({ caseId })
  if (!panelCase) throw new ConnectError('no such case', Code.NotFound)
  return panelCase
}

export function loadCase(clients: Clients, request: Request): Promise<PanelCase> {
  return fetchCase(clients, idOf(request, 'case'))
}

export async function pupilName(clients: Clients, pupilId: string): Promise<string> {
  const pupil = (await pupilsById(clients, [pupilId])).get(pupilId)
  return pupil ? fullName(pupil) : 'a pupil you cannot see'
}

export function isOpen({ state }: Pick<PanelCase, 'state'>): boolean {
  return state !== CaseState.CLOSED && state !== CaseState.WITHDRAWN
}

// Pages can be changed until the pack is sealed.
export function isWritable(found: Pick<PanelCase, 'state' | 'sealed'>, person: Person): boolean {
  const written = found.state === CaseState.DRAFT || found.state === CaseState.REFERRED || found.state === CaseState.SCHEDULED
  return written && !found.sealed && can(person, 'referToPanel')
}
