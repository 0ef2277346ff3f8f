import type { Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { pageView } from '../../../components/pageView'
import { answersView } from '../answersView'
import { presentFacts } from '../facts'
import { sectionsOf } from '../taskList/presenter'
import { summaryRows } from '../../../components/summary'

export function checkView(draft: EarlyHelpRequest, pupil: string, errors: FieldErrors) {
  return {
    ...pageView('Check your answers', { back: { href: `/requests/${draft.requestId}`, text: 'All sections' }, errors }),
    pupil,
    action: `/requests/${draft.requestId}/check`,
    version: String(draft.version),
    sections: answersView(draft, sectionsOf(draft), true),
    facts: summaryRows(presentFacts(draft.facts).facts),
  }
}
