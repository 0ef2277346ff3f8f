import type { Reason } from '../../gen/pathways/exclusions/v1/service_pb'
import type { FormPage, Pages, Question } from '../requestForm/types'
import { kindOptions } from '../text/exclusions'

// What a head teacher decides, as questions: the pages of a draft, and of a correction later. services/exclusions decides
// what is complete and right; this side draws the pages and says at once what is missing.

export const wordsLimit = 4000

const suspended = { key: 'kind', is: ['suspension'] } as const
const lunchtimes = { key: 'kind', is: ['lunchtime'] } as const
const notLunchtimes = { key: 'kind', is: ['suspension', 'permanent'] } as const
const permanent = { key: 'kind', is: ['permanent'] } as const

const yesNo = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
] as const

const kind: FormPage = {
  slug: 'kind',
  title: 'What has the head teacher decided?',
  questions: [
    {
      key: 'kind',
      kind: 'choice',
      label: 'What has the head teacher decided?',
      short: 'Kind',
      hint: 'Sending a pupil home without recording it is unlawful, also for part of a day.',
      required: true,
      options: kindOptions.map(({ words }) => ({ value: words.code, text: words.text })),
      missing: 'Select what the head teacher has decided',
    },
  ],
}

const dates: FormPage = {
  slug: 'dates',
  title: 'When',
  questions: [
    { key: 'start_date', kind: 'date', days: 'any', label: 'First day of the exclusion', short: 'First day', required: true, missing: 'Enter the first day of the exclusion' },
    {
      key: 'start_session',
      kind: 'choice',
      label: 'From which part of that day?',
      short: 'Begins in the',
      required: true,
      when: suspended,
      options: [
        { value: 'am', text: 'Morning' },
        { value: 'pm', text: 'Afternoon' },
      ],
      missing: 'Select morning or afternoon',
    },
    {
      key: 'days',
      kind: 'line',
      label: 'How many school days?',
      short: 'School days',
      hint: 'Half days count: 2.5 is two and a half school days.',
      required: true,
      when: suspended,
      limit: 5,
      missing: 'Enter how many school days',
    },
    { key: 'lunchtimes', kind: 'line', label: 'How many lunchtimes?', short: 'Lunchtimes', hint: 'Each counts as half a school day.', required: true, when: lunchtimes, limit: 3, missing: 'Enter how many lunchtimes' },
    {
      key: 'decided_on',
      kind: 'date',
      days: 'any',
      label: 'When was it decided? (optional)',
      short: 'Decided on',
      hint: 'Leave it empty if it was decided on the first day.',
      required: false,
      missing: '',
    },
  ],
}

function reasonsPage(reasons: readonly Reason[]): FormPage {
  const label = 'What are the reasons?'
  return {
    slug: 'reasons',
    title: label,
    questions: [
      {
        key: 'reasons',
        kind: 'choices',
        label,
        short: 'Reasons',
        hint: 'Select up to three, from the national list of that day.',
        required: true,
        options: reasons.map(({ code, name }) => ({ value: code, text: name })),
        missing: 'Select at least one reason',
      },
    ],
  }
}

function circumstances(year: string): FormPage {
  const questions: Question[] = [
    {
      key: 'exam_on',
      kind: 'date',
      days: 'any',
      label: 'First public examination or national curriculum test that is missed (optional)',
      short: 'Examination missed on',
      hint: 'Leave it empty if none is missed.',
      required: false,
      missing: '',
    },
    { key: 'social_worker', kind: 'choice', label: 'Does the pupil have a social worker?', short: 'Has a social worker', required: true, options: yesNo, missing: 'Select yes if the pupil has a social worker' },
    ...(year === '11'
      ? [{ key: 'no_examinations_left', kind: 'choice', label: 'Does the pupil still have examinations to sit?', short: 'Examinations left', required: true, when: permanent, options: yesNo, missing: 'Select yes if the pupil still has examinations to sit' } as const]
      : []),
    {
      key: 'provision',
      kind: 'text',
      label: 'What will full-time education from the sixth day be? (optional)',
      short: 'Education from day six',
      hint: 'Where, from when and how the family was told. It is only needed for more than five school days.',
      required: false,
      when: notLunchtimes,
      limit: wordsLimit,
      missing: '',
    },
  ]
  return { slug: 'circumstances', title: 'The pupil’s circumstances', questions }
}

// Both texts are owed for a permanent exclusion, and welcome for any other.
function evidence(required: boolean): FormPage {
  const optional = required ? '' : ' (optional)'
  const hint = 'Only those on the case can read this.'
  return {
    slug: 'evidence',
    title: 'What happened and what was tried',
    questions: [
      { key: 'evidence', kind: 'text', label: `What happened, and what did the head teacher consider?${optional}`, short: 'What happened', hint, required, limit: wordsLimit, missing: 'Enter what happened and what was considered' },
      { key: 'tried', kind: 'text', label: `What was tried before?${optional}`, short: 'What was tried', hint, required, limit: wordsLimit, missing: 'Enter what was tried before' },
    ],
  }
}

export interface FormContext {
  // Reasons valid on the day of the decision.
  reasons: readonly Reason[]
  // Year group of the pupil.
  year: string
  permanent: boolean
}

export function exclusionForm({ reasons, year, permanent: isPermanent }: FormContext): Pages {
  return { pages: [kind, dates, reasonsPage(reasons), circumstances(year), evidence(isPermanent)] }
}
