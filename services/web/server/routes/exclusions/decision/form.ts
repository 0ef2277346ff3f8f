import { create } from '@bufbuild/protobuf'
import { DecisionsSchema, type Decisions } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { checkPage } from '../../../requestForm/answers'
import type { Answers, FormPage } from '../../../requestForm/types'
import { lengthOf } from '../../../components/forms'
import type { DecisionField } from './kinds'

export const noteLimit = 4000

// What is kept now, for the questions of a page.
export function decisionAnswers(page: FormPage, decisions: Decisions | undefined): Answers {
  return Object.fromEntries(page.questions.map(({ key }) => [key, decisions?.[key as DecisionField] ?? '']))
}

// All decisions with those of the page as answered.
export function withAnswers(page: FormPage, decisions: Decisions | undefined, answers: Answers): Decisions {
  const changed = Object.fromEntries(page.questions.map(({ key }) => [key, answers[key] ?? '']))
  return create(DecisionsSchema, { ...decisions, ...changed, $typeName: undefined })
}

export function checkDecision(page: FormPage, answers: Answers, note: string, today: string): FieldErrors {
  const errors = checkPage(page, answers, today, true)
  const reinstated = [answers.boardDecision, answers.reconsideredDecision].includes('reinstate')
  for (const { key, kind } of page.questions) {
    // A pupil may come back later; everything else has happened.
    if (kind === 'date' && key !== 'reinstatedFrom' && !errors[key] && (answers[key] ?? '') > today) errors[key] = 'The day must be today or in the past'
  }
  if (answers.reinstatedFrom && !reinstated) errors.reinstatedFrom = 'Leave this empty unless the pupil is reinstated'
  if (lengthOf(note) > noteLimit) errors.note = `Write ${noteLimit} characters or fewer`
  return errors
}

// "decisions.board_met_on" is the question boardMetOn.
export function decisionKey(path: string): string {
  const field = path.split('.').at(-1) ?? path
  return field.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())
}
