import type { Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { checkboxes, dateInput, line, longText, radios } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { questionsAsked } from '../../../requestForm/definition'
import type { Answers, FormPage, FormSection, Question } from '../../../requestForm/types'
import { sectionHref } from '../taskList/presenter'

function component(question: Question, answers: Answers, heading: boolean, errors: FieldErrors) {
  const value = answers[question.key] ?? ''
  const asked = { name: question.key, label: question.label, hint: question.hint, heading, errors }
  switch (question.kind) {
    case 'choice':
      return { kind: 'radios', args: radios(asked, [...question.options], value) }
    case 'choices':
      return { kind: 'checkboxes', args: exclusive(checkboxes(asked, [...question.options], value.split(',')), question.alone) }
    case 'text':
      return { kind: 'text', args: longText(asked, value, question.limit) }
    case 'line':
      return { kind: 'line', args: line(asked, value) }
    case 'date':
      return { kind: 'date', args: dateInput({ ...asked, hint: question.hint ?? 'For example, 9 11 2026' }, value) }
  }
}

// The option that goes with no other stands apart, after an "or".
function exclusive(args: ReturnType<typeof checkboxes>, alone: string | undefined) {
  if (!alone) return args
  const items = args.items.flatMap(item => (item.value === alone ? [{ divider: 'or' }, { ...item, behaviour: 'exclusive' as const }] : [item]))
  return { ...args, items }
}

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
