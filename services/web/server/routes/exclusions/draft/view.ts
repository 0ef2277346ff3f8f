import type { Draft } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { pageView } from '../../../components/pageView'
import { component } from '../../../requestForm/component'
import type { Answers, FormPage } from '../../../requestForm/types'
import type { PupilThen } from '../loadExclusion'
import { pageHref, questionsOn } from './form'

export interface DraftPage {
  draft: Draft
  page: FormPage
  pupil: PupilThen
  answers: Answers
  errors: FieldErrors
  version: bigint
  checking: boolean
  before: FormPage | undefined
}

function backTo({ draft, checking, before }: DraftPage) {
  if (checking) return { href: pageHref(draft.draftId, 'check'), text: 'Check before you record' }
  return before ? { href: pageHref(draft.draftId, before.slug), text: 'Back' } : { href: `/pupils/${draft.pupilId}`, text: 'Pupil' }
}

export function draftView(shown: DraftPage) {
  const { draft, page, pupil, answers, errors, version, checking } = shown
  const questions = questionsOn(page, answers)
  const single = questions.length === 1
  return {
    ...pageView(single ? (questions[0]?.label ?? page.title) : page.title, { back: backTo(shown), errors }),
    caption: `Suspension or exclusion: ${pupil.name}`,
    single,
    action: pageHref(draft.draftId, page.slug),
    version: String(version),
    checking,
    questions: questions.map(question => component(question, answers, single, errors)),
  }
}
