import type { Request as EarlyHelpRequest } from '../../../gen/pathways/referrals/v1/service_pb'
import { shown, storedAnswers } from '../../requestForm/answers'
import { pagesAsked, questionsAsked } from '../../requestForm/definition'
import type { FormSection } from '../../requestForm/types'
import { sectionHref } from './taskList/presenter'
import { summaryRow } from '../../components/summary'

// A section as a summary list; with "Change" links for those who write it.
export function answersView(request: EarlyHelpRequest, sections: readonly FormSection[], changeable: boolean) {
  return sections
    .map(section => ({ title: section.title, rows: rowsOf(request, section, changeable) }))
    .filter(({ rows }) => rows.length > 0)
}

function rowsOf(request: EarlyHelpRequest, section: FormSection, changeable: boolean) {
  const answers = storedAnswers(request, section.name)
  return pagesAsked(section, answers).flatMap(page =>
    questionsAsked(page, answers).map(question => ({
      ...summaryRow({ label: question.short, value: shown(question, answers[question.key] ?? '') }),
      ...(changeable && {
        actions: {
          items: [
            {
              href: `${sectionHref(request.requestId, section, page.slug)}?from=check#${question.key}`,
              text: 'Change',
              visuallyHiddenText: question.short.toLowerCase(),
            },
          ],
        },
      }),
    })),
  )
}
