import type { Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { longText } from '../../../components/forms'
import { pageView } from '../../../components/pageView'

export const reasonLimit = 1000

export function withdrawView(request: EarlyHelpRequest, pupil: string, reason: string, errors: FieldErrors) {
  const title = `Why do you withdraw the request for ${pupil}?`
  return {
    ...pageView(title, { back: { href: `/requests/${request.requestId}`, text: 'Request' }, errors }),
    action: `/requests/${request.requestId}/withdraw`,
    version: String(request.version),
    reason: longText({ name: 'reason', label: title, heading: true, hint: 'It cannot be sent again afterwards; you can start a new one.', errors }, reason, reasonLimit),
  }
}
