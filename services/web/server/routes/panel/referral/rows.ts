import type { PanelCase } from '../../../../gen/pathways/panel/v1/service_pb'
import { summaryRow } from '../../../components/summary'
import { sectionsFor, type PanelSection } from '../../../panelForm/definition'
import { shown, storedAnswers } from '../../../requestForm/answers'
import { pagesAsked, questionsAsked } from '../../../requestForm/definition'

export function sectionHref(caseId: string, section: string, page: string): string {
  return `/panel/cases/${caseId}/sections/${section}/${page}`
}

type Written = Pick<PanelCase, 'caseId' | 'sections'>

// Rows of a summary list, with "Change" links for those who write the case.
export function rowsOf(found: Written, section: PanelSection, changeable: boolean) {
  const answers = storedAnswers(found, section.name)
  return pagesAsked(section, answers).flatMap(page =>
    questionsAsked(page, answers).map(question => ({
      ...summaryRow({ label: question.short, value: shown(question, answers[question.key] ?? '') }),
      ...(changeable && {
        actions: { items: [{ href: `${sectionHref(found.caseId, section.name, page.slug)}?from=check#${question.key}`, text: 'Change', visuallyHiddenText: question.short.toLowerCase() }] },
      }),
    })),
  )
}

export function sectionRows(found: Written & Pick<PanelCase, 'phase'>, changeable: boolean) {
  return sectionsFor(found).map(section => ({
    title: section.title,
    complete: found.sections.find(({ name }) => name === section.name)?.complete ?? false,
    rows: rowsOf(found, section, changeable),
  }))
}
