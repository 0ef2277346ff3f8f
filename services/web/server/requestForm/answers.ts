import type { Request as WireRequest } from '../../gen/pathways/referrals/v1/service_pb'
import { lengthOf } from '../components/forms'
import type { FieldErrors } from '../components/errors'
import { field, fields } from '../components/query'
import { isDay, longDay } from '../text/dates'
import { questionsAsked, withoutHidden } from './definition'
import type { Answers, DateQuestion, FormPage, Pages, Question } from './types'

// Whatever keeps its answers by section.
export interface Sectioned {
  sections: { name: string; answers: { key: string; value: string }[] }[]
}

export function storedAnswers(request: Sectioned, section: string): Answers {
  const stored = request.sections.find(({ name }) => name === section)
  return Object.fromEntries((stored?.answers ?? []).map(({ key, value }) => [key, value]))
}

// What a person sent for the questions of one page, as the stored form writes it.
export function sentAnswers(page: FormPage, body: unknown): Answers {
  const sent: Answers = {}
  for (const question of page.questions) sent[question.key] = sentAnswer(question, body)
  return sent
}

function sentAnswer(question: Question, body: unknown): string {
  switch (question.kind) {
    case 'choices': {
      const chosen = fields(body, question.key)
      return question.options.filter(({ value }) => chosen.includes(value)).map(({ value }) => value).join(',')
    }
    case 'date':
      return sentDate(question, body)
    case 'text':
      return field(body, question.key).replaceAll('\r\n', '\n')
    default:
      return field(body, question.key)
  }
}

// ISO when the three parts make a day; else the parts as typed, so that they can be shown again.
function sentDate({ key }: DateQuestion, body: unknown): string {
  const [day, month, year] = ['day', 'month', 'year'].map(part => field(body, `${key}-${part}`))
  if (!day && !month && !year) return ''
  return `${year}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`
}

// The section's answers after a page was sent: other pages' answers are kept, hidden ones dropped.
export function merge(section: Pages, stored: Answers, sent: Answers): Answers {
  return withoutHidden(section, { ...stored, ...sent })
}

// What is wrong with the answers of a page. `complete` also asks for the required ones; saving for later does not.
export function checkPage(page: FormPage, answers: Answers, today: string, complete: boolean): FieldErrors {
  const errors: FieldErrors = {}
  for (const question of questionsAsked(page, answers)) {
    const value = answers[question.key] ?? ''
    const problem = value === '' ? (complete && question.required ? question.missing : undefined) : invalid(question, value, today)
    if (problem) errors[question.key] = problem
  }
  return errors
}

function invalid(question: Question, value: string, today: string): string | undefined {
  switch (question.kind) {
    case 'text':
    case 'line':
      return lengthOf(value) > question.limit ? `${question.short} must be ${question.limit} characters or fewer` : undefined
    case 'choice':
    case 'select':
      return question.options.some(option => option.value === value) ? undefined : question.missing
    case 'choices':
      return question.alone && value.includes(',') && value.split(',').includes(question.alone)
        ? `Select either “${question.options.find(option => option.value === question.alone)?.text}” or the others, not both`
        : undefined
    case 'date':
      return invalidDate(question, value, today)
  }
}

function invalidDate({ days }: DateQuestion, value: string, today: string): string | undefined {
  if (!isDay(value)) return 'Enter a real day, such as 9 11 2026'
  if (days === 'any') return undefined
  if (value > today) return 'The day must be today or in the past'
  const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`
  return value < yearAgo ? 'The day must be within the last 12 months' : undefined
}

// An answer as a reader sees it.
export function shown(question: Question, value: string): string {
  if (value === '') return 'Not answered'
  if (question.kind === 'date') return longDay(value) || value
  if (question.kind !== 'choice' && question.kind !== 'select' && question.kind !== 'choices') return value
  return value
    .split(',')
    .map(one => question.options.find(option => option.value === one)?.text ?? one)
    .join('\n')
}

// The answers as the page's own form would send them.
export function formFields(page: FormPage, answers: Answers): [string, string][] {
  const sent: [string, string][] = []
  for (const { key, kind } of page.questions) {
    const value = answers[key] ?? ''
    if (kind === 'choices') sent.push(...value.split(',').filter(Boolean).map((one): [string, string] => [key, one]))
    else if (kind === 'date') {
      const [year = '', month = '', day = ''] = value.split('-')
      sent.push([`${key}-day`, day], [`${key}-month`, month], [`${key}-year`, year])
    } else sent.push([key, value])
  }
  return sent
}

// Why a request cannot go to Early Help at all, whatever else is answered.
export type Shutter = 'not-asked' | 'not-agreed' | 'danger'

export function shutterOf(request: WireRequest): Shutter | undefined {
  if (storedAnswers(request, 'risk').immediate_danger === 'yes') return 'danger'
  const consent = storedAnswers(request, 'consent')
  if (consent.consent_given === 'no') return 'not-agreed'
  return consent.consent_asked === 'no' ? 'not-asked' : undefined
}
