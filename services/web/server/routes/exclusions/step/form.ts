import type { Exclusion } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { checkPage } from '../../../requestForm/answers'
import type { Answers, FormPage } from '../../../requestForm/types'
import { stepTitle } from '../../../text/clock'
import { deliveries } from '../../../text/exclusions'

// A notice also has a time and a way; everything else only its day.
const questionsOfNotice: FormPage['questions'] = [
  { key: 'at_time', kind: 'line', label: 'At what time? (optional)', short: 'Time', hint: 'For example, 14:30', required: false, limit: 5, missing: '' },
  { key: 'how', kind: 'choice', label: 'How?', short: 'How', required: true, options: deliveries, missing: 'Select how it was done' },
]

function isNotice(step: string): boolean {
  return step.startsWith('notify_')
}

export function stepPage(step: string): FormPage {
  const title = stepTitle(step)
  return {
    slug: step,
    title,
    questions: [
      { key: 'on', kind: 'date', label: 'On which day was it done?', short: 'Day', required: true, missing: 'Enter the day on which it was done' },
      ...(isNotice(step) ? questionsOfNotice : []),
    ],
  }
}

// As it was entered; a step that is still owed begins with today.
export function stepAnswers(exclusion: Exclusion, step: string, today: string): Answers {
  const done = exclusion.done.find(one => one.step === step)
  return done ? { on: done.on, at_time: done.atTime, how: done.how } : { on: today }
}

// "9:05" and "9.05" are 09:05.
export function readTime(typed: string): string | undefined {
  const found = /^(\d{1,2})[:.](\d{2})$/.exec(typed)
  if (!found || Number(found[1]) > 23 || Number(found[2]) > 59) return undefined
  return `${found[1]?.padStart(2, '0')}:${found[2]}`
}

export function checkStep(page: FormPage, answers: Answers, today: string): FieldErrors {
  const errors = checkPage(page, answers, today, true)
  if (answers.at_time && readTime(answers.at_time) === undefined) errors.at_time = 'Enter a time, such as 14:30'
  return errors
}
