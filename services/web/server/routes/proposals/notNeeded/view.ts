import type { FieldErrors } from '../../../components/errors'
import { longText } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { href } from '../../../components/query'

export const reasonLimit = 1000

export function notNeededView(proposalId: string, pupil: string, reason: string, errors: FieldErrors, back: string) {
  const title = `Why is a request for ${pupil} not needed?`
  return {
    ...pageView(title, { back: { href: href(`/proposals/${proposalId}`, { from: back }), text: 'Proposal' }, errors }),
    action: href(`/proposals/${proposalId}/not-needed`, { from: back }),
    reason: longText(
      {
        name: 'reason',
        label: title,
        heading: true,
        hint: 'Such as what the school already does, or what explains the absence. It is kept with the pupil’s timeline.',
        errors,
      },
      reason,
      reasonLimit,
    ),
  }
}
