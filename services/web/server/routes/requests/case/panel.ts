import { randomUUID } from 'node:crypto'
import type { PanelCase } from '../../../../gen/pathways/panel/v1/service_pb'
import { RequestState, type Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { href } from '../../../components/query'
import { Gathering } from '../../../services/gather'
import type { Services } from '../../../services'
import { isOpen } from '../../panel/load'

export interface StepUp {
  // Cases this request was stepped up to.
  cases: { href: string; reference: string }[]
  // What a new case would be made of.
  offer?: { caseId: string; pupilId: string; urn: number; requestId: string }
}

// What Early Help is doing is stepped up by an officer, once, and only where the pupil is not before the panel already.
export function presentStepUp(request: EarlyHelpRequest, known: readonly PanelCase[], person: Person): StepUp {
  const { requestId, pupilId, urn, state } = request
  const may = can(person, 'triage') && can(person, 'referToPanel') && [RequestState.ACCEPTED, RequestState.ALLOCATED].includes(state)
  return {
    cases: known.filter(one => one.requestId === requestId).map(one => ({ href: href(`/panel/cases/${one.caseId}`, { from: `/requests/${requestId}` }), reference: one.reference })),
    offer: may && !known.some(isOpen) ? { caseId: randomUUID(), pupilId, urn, requestId } : undefined,
  }
}

// Nothing for those who do not see the panel, or while it does not answer.
export async function loadStepUp(clients: Services['clients'], request: EarlyHelpRequest, person: Person): Promise<StepUp | undefined> {
  if (!can(person, 'seePanel')) return undefined
  const found = await new Gathering().get('the panel', () => clients.panel.listCases({ pupilId: request.pupilId, pageSize: 50 }))
  return found && presentStepUp(request, found.cases, person)
}
