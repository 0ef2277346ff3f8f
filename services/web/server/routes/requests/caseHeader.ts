import type { Request } from 'express'
import { RequestState, type Request as EarlyHelpRequest } from '../../../gen/pathways/referrals/v1/service_pb'
import { can, type Person } from '../../auth/person'
import { backTo, href } from '../../components/query'
import { tag } from '../../components/tables'
import { requestState } from '../../text/requests'

export interface CaseHeader {
  requestId: string
  title: string
  stateTag: string
  tabs: { text: string; href: string; active: boolean }[]
  back: { href: string; text: string }
}

export function isAnswering({ state }: Pick<EarlyHelpRequest, 'state'>): boolean {
  return state === RequestState.MORE_ASKED
}

export function caseHeader(
  request: EarlyHelpRequest,
  pupil: string,
  person: Person,
  active: 'overview' | 'answers',
  http: Request,
): CaseHeader {
  const back = backTo(http, '/requests')
  const from = back === '/requests' ? undefined : back
  const path = `/requests/${request.requestId}`
  const named = requestState(request.state)
  return {
    requestId: request.requestId,
    title: `Early Help request for ${pupil}`,
    stateTag: tag(named.text, named.colour),
    tabs: [
      { text: 'Overview', href: href(path, { from }), active: active === 'overview' },
      ...(can(person, 'readWords')
        ? [{ text: 'What the school wrote', href: href(`${path}/answers`, { from }), active: active === 'answers' }]
        : []),
      ...(can(person, 'seePupils')
        ? [
            { text: 'Pupil and attendance', href: href(`/pupils/${request.pupilId}`, { from: path }), active: false },
            { text: 'Timeline', href: href(`/pupils/${request.pupilId}/timeline`, { from: path }), active: false },
          ]
        : []),
    ],
    back: { href: back, text: can(person, 'triage') ? 'Early Help queue' : 'Early Help requests' },
  }
}
