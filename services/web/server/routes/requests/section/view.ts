import type { Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { pageView } from '../../../components/pageView'
import { component } from '../../../requestForm/component'
import { questionsAsked } from '../../../requestForm/definition'
import type { Answers, FormPage, FormSection } from '../../../requestForm/types'
import { sectionHref } from '../taskList/presenter'

export interface SectionPage {
  draft: EarlyHelpRequest
  section: FormSection
  page: FormPage
  answers: Answers
  errors: FieldErrors
  version: bigint
  checking: boolean
  pupil: string
}

export function sectionView({ draft, section, page, answers, errors, version, checking, pupil }: SectionPage) {
  const questions = questionsAsked(page, answers)
  const single = questions.length === 1
  const before = section.pages[section.pages.indexOf(page) - 1]
  const base = `/requests/${draft.requestId}`
  const back = checking
    ? { href: `${base}/check`, text: 'Check your answers' }
    : before
      ? { href: sectionHref(draft.requestId, section, before.slug), text: 'Back' }
      : { href: base, text: 'All sections' }
  return {
    ...pageView(single ? (questions[0]?.label ?? page.title) : page.title, { back, errors }),
    caption: `${section.title}: ${pupil}`,
    single,
    action: sectionHref(draft.requestId, section, page.slug),
    version: String(version),
    checking,
    asked: section.name === 'answer' ? draft.decisionNote : '',
    questions: questions.map(question => component(question, answers, single, errors)),
  }
}
