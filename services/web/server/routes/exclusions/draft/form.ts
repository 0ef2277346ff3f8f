import type { Clients } from '../../../clients/clients'
import { Kind, type Draft, type ExclusionFacts } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { exclusionForm } from '../../../exclusionForm/definition'
import { answersOf, checkExclusionPage } from '../../../exclusionForm/facts'
import { holds, pagesAsked } from '../../../requestForm/definition'
import type { Answers, FormPage, Pages } from '../../../requestForm/types'
import { pupilOf, type PupilThen } from '../loadExclusion'

export interface Opened {
  form: Pages
  pupil: PupilThen
  answers: Answers
}

// The form as these facts ask for it: its reasons are those of the day of the decision.
export async function openForm(clients: Clients, { pupilId }: Pick<Draft, 'pupilId'>, facts: ExclusionFacts): Promise<Opened> {
  const [{ reasons }, pupil] = await Promise.all([clients.exclusions.listReasons({ on: facts.decidedOn || facts.startDate }), pupilOf(clients, pupilId)])
  const form = exclusionForm({ reasons, year: pupil.year, permanent: facts.kind === Kind.PERMANENT })
  return { form, pupil, answers: answersOf(facts) }
}

export function pageHref(draftId: string, slug: string): string {
  return `/exclusions/drafts/${draftId}/${slug}`
}

// Pages with something still missing, in order.
export function unfinished({ form, answers }: Pick<Opened, 'form' | 'answers'>, today: string): FormPage[] {
  return pagesAsked(form, answers).filter(page => Object.keys(checkExclusionPage(page, answers, today, true)).length > 0)
}

// Where to go after a page was saved: back to the check where one came from there, else to the next page.
export function nextHref(draftId: string, { form, answers }: Pick<Opened, 'form' | 'answers'>, slug: string, checking: boolean, today: string): string {
  const [missing] = unfinished({ form, answers }, today)
  if (checking) return missing ? pageHref(draftId, missing.slug) : pageHref(draftId, 'meaning')
  const pages = pagesAsked(form, answers)
  const next = pages[pages.findIndex(page => page.slug === slug) + 1]
  return pageHref(draftId, next?.slug ?? missing?.slug ?? 'meaning')
}

export function pageBefore({ form, answers }: Pick<Opened, 'form' | 'answers'>, page: FormPage): FormPage | undefined {
  const pages = pagesAsked(form, answers)
  return pages[pages.indexOf(page) - 1]
}

// A page's questions that are asked with these answers.
export function questionsOn(page: FormPage, answers: Answers) {
  return page.questions.filter(({ when }) => holds(when, answers))
}
