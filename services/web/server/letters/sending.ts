import type { Letter, LetterSending } from '../../gen/pathways/common/v1/letters_pb'
import { dateInput, radios } from '../components/forms'
import type { FieldErrors } from '../components/errors'
import { longDay } from '../text/dates'
import { optionText } from '../text/exclusions'

// How a letter leaves, as people say it. A download is noted by itself.
export const waysOut = [
  { value: 'post', text: 'By post' },
  { value: 'email', text: 'By email' },
  { value: 'in_person', text: 'Handed over' },
  { value: 'printed', text: 'Printed' },
] as const

const told = [...waysOut, { value: 'downloaded', text: 'Downloaded' }]

// "By post on 24 November 2026, recorded by Amara Osei"
export function sendingWords({ how, on, recordedBy }: LetterSending, people: Map<string, string>): string {
  const by = people.get(recordedBy)
  return `${optionText(told, how)} on ${longDay(on)}${by ? `, recorded by ${by}` : ''}`
}

// How it left, for a list; a letter that only lies here says so.
export function leftWords({ sendings }: Pick<Letter, 'sendings'>): string {
  const ways = sendings.map(({ how, on }) => `${optionText(told, how)}, ${longDay(on)}`)
  return ways.length > 0 ? ways.join('\n') : 'Not yet'
}

export function sendingQuestions(answers: { how: string; on: string }, errors: FieldErrors) {
  return [
    { kind: 'radios', args: radios({ name: 'how', label: 'How did it go?', errors }, [...waysOut], answers.how) },
    { kind: 'date', args: dateInput({ name: 'on', label: 'On which day?', hint: 'For example, 9 11 2026', errors }, answers.on) },
  ]
}
