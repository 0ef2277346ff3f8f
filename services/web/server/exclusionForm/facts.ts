import { create } from '@bufbuild/protobuf'
import { ExclusionFactsSchema, Kind, Session, type ExclusionFacts } from '../../gen/pathways/exclusions/v1/service_pb'
import type { FieldErrors } from '../components/errors'
import { checkPage } from '../requestForm/answers'
import type { Answers, FormPage } from '../requestForm/types'
import { daysOf, kindOptions, kindWords } from '../text/exclusions'

// Facts as the form's answers, and back.

function given(entries: Record<string, string | false>): Answers {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

export function answersOf(facts: ExclusionFacts): Answers {
  const { kind, circumstancesAnswered: asked } = facts
  return given({
    kind: kindWords(kind).code,
    start_date: facts.startDate,
    start_session: kind === Kind.SUSPENSION && facts.startSession !== Session.UNSPECIFIED && (facts.startSession === Session.PM ? 'pm' : 'am'),
    days: kind === Kind.SUSPENSION && facts.halfDays > 0 && daysOf(facts.halfDays),
    lunchtimes: kind === Kind.LUNCHTIME && facts.halfDays > 0 && String(facts.halfDays),
    decided_on: facts.decidedOn,
    reasons: facts.reasons.join(','),
    exam_on: facts.examOn,
    social_worker: facts.hasSocialWorker ? 'yes' : asked && 'no',
    no_examinations_left: kind === Kind.PERMANENT && (facts.noExaminationsLeft ? 'no' : asked && 'yes'),
    provision: facts.provision,
    evidence: facts.evidence,
    tried: facts.tried,
  })
}

function halfDays(kind: Kind, answers: Answers): number {
  if (kind === Kind.SUSPENSION) return Math.round(Number(answers.days ?? 0) * 2)
  return kind === Kind.LUNCHTIME ? Number(answers.lunchtimes ?? 0) : 0
}

// Facts that good answers make. What was read in the warnings must be read again when something has changed.
export function factsOf(answers: Answers): ExclusionFacts {
  const kind = kindOptions.find(({ words }) => words.code === answers.kind)?.kind ?? Kind.UNSPECIFIED
  const session = { am: Session.AM, pm: Session.PM }[answers.start_session ?? '']
  return create(ExclusionFactsSchema, {
    kind,
    startDate: answers.start_date,
    startSession: session,
    halfDays: halfDays(kind, answers),
    decidedOn: answers.decided_on,
    reasons: (answers.reasons ?? '').split(',').filter(Boolean),
    examOn: answers.exam_on,
    hasSocialWorker: answers.social_worker === 'yes',
    noExaminationsLeft: answers.no_examinations_left === 'no',
    circumstancesAnswered: Boolean(answers.social_worker),
    provision: answers.provision,
    evidence: answers.evidence,
    tried: answers.tried,
  })
}

function checkNumbers(page: FormPage, answers: Answers): FieldErrors {
  const errors: FieldErrors = {}
  const asks = (key: string) => page.questions.some(question => question.key === key) && (answers[key] ?? '') !== ''
  if (asks('days') && !/^\d{1,2}(\.[05])?$/.test(answers.days ?? '')) errors.days = 'Enter school days as a number, such as 3 or 2.5'
  else if (asks('days') && Number(answers.days) === 0) errors.days = 'Enter at least half a school day'
  if (asks('lunchtimes') && !/^[1-9]\d?$/.test(answers.lunchtimes ?? '')) errors.lunchtimes = 'Enter lunchtimes as a whole number, such as 3'
  if (asks('reasons') && (answers.reasons ?? '').split(',').length > 3) errors.reasons = 'Select no more than three reasons'
  return errors
}

// What is wrong with the answers of a page, in the order of its questions.
export function checkExclusionPage(page: FormPage, answers: Answers, today: string, complete: boolean): FieldErrors {
  const found = { ...checkPage(page, answers, today, complete), ...checkNumbers(page, answers) }
  const inOrder = page.questions.flatMap(({ key }) => (found[key] === undefined ? [] : [[key, found[key]] as const]))
  return Object.fromEntries(inOrder)
}

// The question that a field of the service's words belongs to.
const keys: Record<string, string> = {
  has_social_worker: 'social_worker',
  start_session: 'start_session',
}

export function questionKey(path: string, kind: Kind): string {
  const field = path.split('.').at(-1) ?? path
  if (field === 'half_days' || field === 'end_date') return kind === Kind.LUNCHTIME ? 'lunchtimes' : 'days'
  return keys[field] ?? field
}
