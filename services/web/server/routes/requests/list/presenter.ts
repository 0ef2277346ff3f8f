import { RequestState, type Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import type { PupilName } from '../../../../gen/pathways/registry/v1/service_pb'
import { mainReason } from '../../../requestForm/definition'
import { pupilLabel } from '../../../services/names'
import { brief, today } from '../../../text/dates'
import { requestState, type Named } from '../../../text/requests'

export interface RequestRow {
  requestId: string
  reference: string
  pupil: string
  school: string
  reason: string
  state: Named
  due: string
  overdue: boolean
  worker: string
}

export interface Names {
  pupils: Map<string, PupilName>
  schools: Map<number, string>
  people: Map<string, string>
}

export function isOverdue(request: Pick<EarlyHelpRequest, 'state' | 'decisionDue'>, now: number): boolean {
  return request.state === RequestState.SUBMITTED && request.decisionDue !== '' && request.decisionDue < today(now)
}

export function presentRequest(request: EarlyHelpRequest, names: Names, now: number): RequestRow {
  return {
    requestId: request.requestId,
    reference: request.reference || 'Draft',
    pupil: pupilLabel(names.pupils.get(request.pupilId)),
    school: names.schools.get(request.urn) ?? '',
    reason: mainReason(request.mainReason),
    state: requestState(request.state),
    due: request.state === RequestState.SUBMITTED ? brief(request.decisionDue) : '',
    overdue: isOverdue(request, now),
    worker: request.workerId ? (names.people.get(request.workerId) ?? 'A colleague') : '',
  }
}
