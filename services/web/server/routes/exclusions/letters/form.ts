import type { LetterKind, LetterWords } from '../../../../gen/pathways/exclusions/v1/letters_pb'
import type { Person } from '../../../auth/person'
import type { FieldErrors } from '../../../components/errors'
import { checkPage } from '../../../requestForm/answers'
import type { Answers, FormPage, Question } from '../../../requestForm/types'
import { deliveries } from '../../../text/exclusions'
import { readTime } from '../step/form'

// Lines of an address; words that become paragraphs.
const addressLimit = 500
const wordsLimit = 5000

const addressee: Question = { key: 'addressee', kind: 'text', label: 'Who is the letter to?', short: 'Addressee', hint: 'Name and address, as they go on the letter', required: true, limit: addressLimit, missing: 'Enter whom the letter is to' }
const meeting: Question[] = [
  { key: 'meeting_on', kind: 'date', days: 'any', label: 'On which day is the meeting?', short: 'Day', required: true, missing: 'Enter the day of the meeting' },
  { key: 'meeting_at', kind: 'line', label: 'At what time?', short: 'Time', hint: 'For example, 10:00', required: true, limit: 5, missing: 'Enter the time of the meeting' },
  { key: 'meeting_place', kind: 'line', label: 'Where?', short: 'Place', required: true, limit: 200, missing: 'Enter where the meeting is' },
]
const reasons: Question = { key: 'decision_reasons', kind: 'text', label: 'What are the reasons for the decision?', short: 'Reasons', required: true, limit: wordsLimit, missing: 'Enter the reasons' }
const contact: Question = { key: 'contact', kind: 'text', label: 'How, and to whom, can they answer?', short: 'Contact', hint: 'For example, the clerk to the governing board, with email, telephone and address', required: true, limit: addressLimit, missing: 'Enter how and to whom they can answer' }
const ownWords: Question = { key: 'own_words', kind: 'text', label: 'What else do you want to say? (optional)', short: 'Your words', hint: 'It becomes a part of the letter, in your own words. An empty line begins a new paragraph.', required: false, limit: wordsLimit, missing: '' }
const delivery: Question = { key: 'how', kind: 'choice', label: 'How will the letter be given?', short: 'How', hint: 'A time begins with the day on which it counts as given.', required: true, options: deliveries, missing: 'Select how the letter will be given' }
const sender: Question = { key: 'sender', kind: 'text', label: 'Who writes?', short: 'Writer', hint: 'Name and job title', required: true, limit: addressLimit, missing: 'Enter who writes the letter' }

// What is asked of the writer of such a letter.
export function letterPage(kind: LetterKind): FormPage {
  return {
    slug: kind.kind,
    title: kind.title,
    questions: [
      addressee,
      ...(kind.needsMeeting ? meeting : []),
      ...(kind.needsReasons ? [reasons] : []),
      ...(kind.needsContact ? [contact] : []),
      ownWords,
      ...(kind.needsDelivery ? [delivery] : []),
      sender,
    ],
  }
}

export function firstAnswers({ name, title }: Pick<Person, 'name' | 'title'>): Answers {
  return { sender: [name, title].filter(Boolean).join('\n') }
}

export function checkLetter(page: FormPage, answers: Answers, today: string): FieldErrors {
  const errors = checkPage(page, answers, today, true)
  if (answers.meeting_at && readTime(answers.meeting_at) === undefined) errors.meeting_at = 'Enter a time, such as 10:00'
  if (answers.meeting_on && !errors.meeting_on && answers.meeting_on < today) errors.meeting_on = 'The day must be today or later'
  return errors
}

export function letterWords(answers: Answers): Omit<LetterWords, '$typeName' | '$unknown'> {
  const given = (key: string) => answers[key] ?? ''
  return {
    addressee: given('addressee'),
    sender: given('sender'),
    ownWords: given('own_words'),
    contact: given('contact'),
    decisionReasons: given('decision_reasons'),
    meetingOn: given('meeting_on'),
    meetingAt: readTime(given('meeting_at')) ?? '',
    meetingPlace: given('meeting_place'),
    how: given('how'),
  }
}
