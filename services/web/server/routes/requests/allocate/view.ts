import type { Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { radios, type Option } from '../../../components/forms'
import { pageView } from '../../../components/pageView'

export function allocateView(found: EarlyHelpRequest, pupil: string, workers: Option[], chosen: string, errors: FieldErrors) {
  const title = `Who holds the request for ${pupil}?`
  return {
    ...pageView(title, { back: { href: `/requests/${found.requestId}`, text: 'Request' }, errors }),
    reference: found.reference,
    action: `/requests/${found.requestId}/allocate`,
    version: String(found.version),
    nobody: workers.length === 0,
    worker: radios({ name: 'worker', label: title, heading: true, hint: 'The school sees their name at once.', errors }, workers, chosen),
  }
}
