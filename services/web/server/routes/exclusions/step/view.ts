import type { Exclusion } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { pageView } from '../../../components/pageView'
import { component } from '../../../requestForm/component'
import type { Answers, FormPage } from '../../../requestForm/types'

export function stepView(found: Exclusion, page: FormPage, pupil: string, answers: Answers, version: bigint, errors: FieldErrors, to: (path: string) => string) {
  const known = found.done.some(({ step }) => step === page.slug)
  return {
    ...pageView(`${page.title}: mark as done`, { back: { href: to(`/exclusions/${found.exclusionId}`), text: 'What is due' }, errors }),
    caption: `${found.reference}, ${pupil}`,
    action: to(`/exclusions/${found.exclusionId}/steps/${page.slug}`),
    version: String(version),
    questions: page.questions.map(question => component(question, answers, false, errors)),
    submit: { text: 'Mark as done' },
    takeBack: known ? 'It was not done: take it back' : undefined,
  }
}
