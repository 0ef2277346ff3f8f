import type { Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import { shutterOf, storedAnswers } from '../../../requestForm/answers'
import { pagesAsked, questionsOf } from '../../../requestForm/definition'
import type { Answers, FormPage, FormSection, Pages } from '../../../requestForm/types'
import { sectionHref } from '../taskList/presenter'

// Answers in the order of the form, empty ones left out.
export function answersForService(section: Pages, answers: Answers): { key: string; value: string }[] {
  return questionsOf(section)
    .map(({ key }) => ({ key, value: answers[key] ?? '' }))
    .filter(({ value }) => value !== '')
}

// Where to go after a page was saved: a stop that the answer calls for, the next page, else back to where one came from.
export function nextPath(saved: EarlyHelpRequest, section: FormSection, page: FormPage, checking: boolean): string {
  const base = `/requests/${saved.requestId}`
  const pages = pagesAsked(section, storedAnswers(saved, section.name))
  const next = pages[pages.findIndex(({ slug }) => slug === page.slug) + 1]
  const complete = saved.sections.find(({ name }) => name === section.name)?.complete ?? false
  if (!next && shutterOf(saved) && (section.name === 'consent' || section.name === 'risk')) return `${base}/stop`
  if (checking && complete) return `${base}/check`
  if (!next) return base
  return `${sectionHref(saved.requestId, section, next.slug)}${checking ? '?from=check' : ''}`
}
