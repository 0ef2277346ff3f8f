import type { Draft } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { pageView } from '../../../components/pageView'
import { summaryRow } from '../../../components/summary'
import { shown } from '../../../requestForm/answers'
import { pagesAsked } from '../../../requestForm/definition'
import type { Opened } from '../draft/form'
import { pageHref, questionsOn } from '../draft/form'

export interface Problem {
  text: string
  href: string
}

export function checkView(draft: Draft, { form, pupil, answers }: Opened, problems: Problem[]) {
  const { draftId } = draft
  const summary = problems.length > 0 ? { titleText: 'There is a problem', errorList: problems } : undefined
  return {
    ...pageView('Check before you record', { back: { href: pageHref(draftId, 'meaning'), text: 'What this would mean' } }),
    errorSummary: summary,
    caption: `Suspension or exclusion: ${pupil.name}`,
    action: pageHref(draftId, 'check'),
    version: String(draft.version),
    rows: pagesAsked(form, answers).flatMap(page =>
      questionsOn(page, answers).map(question => ({
        ...summaryRow({ label: question.short, value: answers[question.key] || question.required ? shown(question, answers[question.key] ?? '') : 'Not given' }),
        actions: { items: [{ href: `${pageHref(draftId, page.slug)}?from=check#${question.key}`, text: 'Change', visuallyHiddenText: question.short.toLowerCase() }] },
      })),
    ),
  }
}
