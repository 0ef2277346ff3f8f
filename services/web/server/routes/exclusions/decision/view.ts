import type { Exclusion } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { longText } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { component } from '../../../requestForm/component'
import type { Answers } from '../../../requestForm/types'
import { noteLimit } from './form'
import type { DecisionKind } from './kinds'

export interface Deciding {
  found: Exclusion
  kind: DecisionKind
  pupil: string
  answers: Answers
  note: string
  version: bigint
}

export function decisionView({ found, kind, pupil, answers, note, version }: Deciding, errors: FieldErrors, to: (path: string) => string) {
  const { page } = kind
  const single = page.questions.length === 1 && !kind.note
  const questions = page.questions.map(question => component(question, answers, single, errors))
  const words = kind.note && { kind: 'text', args: longText({ name: 'note', label: kind.note, hint: 'Only those on the case can read this.', errors }, note, noteLimit) }
  return {
    ...pageView(page.title, { back: { href: to(`/exclusions/${found.exclusionId}`), text: 'What is due' }, errors }),
    caption: `${found.reference}, ${pupil}`,
    single,
    action: to(`/exclusions/${found.exclusionId}/decisions/${kind.name}`),
    version: String(version),
    questions: words ? [...questions, words] : questions,
    submit: { text: 'Save' },
    // Taken back when it was entered by mistake.
    takeBack: Object.values(answers).some(Boolean) && Object.keys(errors).length === 0 ? 'It did not happen: take it back' : undefined,
  }
}
