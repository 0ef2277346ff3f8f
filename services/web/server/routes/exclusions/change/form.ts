import { create } from '@bufbuild/protobuf'
import { ExclusionFactsSchema, ExclusionState, Session, type Exclusion, type ExclusionFacts, type Warning } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { Clients } from '../../../clients/clients'
import type { FieldErrors } from '../../../components/errors'
import { checkReason } from '../../../components/reason'
import { checkExclusionPage, factsOf } from '../../../exclusionForm/facts'
import { merge } from '../../../requestForm/answers'
import { pagesAsked } from '../../../requestForm/definition'
import type { Answers, FormPage, Pages, Question } from '../../../requestForm/types'
import { openForm, questionsOn } from '../draft/form'

export const reasonLimit = 2000

const why: Question = {
  key: 'change_reason',
  kind: 'text',
  label: 'Why is it changed?',
  short: 'Why',
  hint: 'Those on the case see this in the history.',
  required: true,
  limit: reasonLimit,
  missing: 'Enter why it is changed',
}

export interface Changing {
  form: Pages
  page: FormPage
  answers: Answers
  pupil: string
}

export function isChangeable({ state }: Pick<Exclusion, 'state'>): boolean {
  return state === ExclusionState.RECORDED
}

// All that was decided but its kind, on one page, as the draft's pages ask it.
export async function openChange(clients: Clients, exclusion: Exclusion): Promise<Changing> {
  const facts = create(ExclusionFactsSchema, { ...exclusion.facts, startSession: exclusion.facts?.startSession || Session.AM, circumstancesAnswered: true, $typeName: undefined })
  const { form, answers, pupil } = await openForm(clients, exclusion, facts)
  const questions = pagesAsked(form, answers)
    .filter(({ slug }) => slug !== 'kind')
    .flatMap(page => questionsOn(page, answers))
  return { form, answers, pupil: pupil.name, page: { slug: 'change', title: 'Reduce or correct it', questions: [...questions, why] } }
}

// The facts as they are to be. What came in as history stays that.
export function changedFacts({ form, answers }: Changing, sent: Answers, was: Exclusion, warningsSeen: boolean): ExclusionFacts {
  const history = was.facts?.history ?? false
  return create(ExclusionFactsSchema, { ...factsOf(merge(form, answers, sent)), warningsSeen, history, $typeName: undefined })
}

// What must be read before these facts replace what was recorded; nothing for history.
export async function warningsOf(clients: Clients, { exclusionId, pupilId, urn }: Exclusion, facts: ExclusionFacts): Promise<Warning[]> {
  if (facts.history) return []
  const { warnings } = await clients.exclusions.previewExclusion({ exclusionId, pupilId, urn, facts })
  return warnings.filter(({ mustBeSeen, refuses }) => mustBeSeen && !refuses)
}

export function checkChange(page: FormPage, answers: Answers, today: string): FieldErrors {
  return { ...checkExclusionPage(page, answers, today, true), ...checkReason('change_reason', answers.change_reason ?? '', reasonLimit, why.missing) }
}
