import { create } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'
import { LetterKindSchema } from '../../../../gen/pathways/exclusions/v1/letters_pb'
import { checkLetter, firstAnswers, letterPage, letterWords } from './form'

const kind = (change: object) => create(LetterKindSchema, { kind: 'board_invitation', title: 'Invitation', ...change })
const keys = (change: object) => letterPage(kind(change)).questions.map(({ key }) => key)

test('A letter asks for what it needs and no more', () => {
  expect(keys({})).toEqual(['addressee', 'own_words', 'sender'])
  expect(keys({ needsMeeting: true, needsContact: true })).toEqual(['addressee', 'meeting_on', 'meeting_at', 'meeting_place', 'contact', 'own_words', 'sender'])
  expect(keys({ needsReasons: true, needsDelivery: true })).toEqual(['addressee', 'decision_reasons', 'own_words', 'how', 'sender'])
  expect(firstAnswers({ name: 'Tom Hargreaves', title: 'Deputy head teacher' })).toEqual({ sender: 'Tom Hargreaves\nDeputy head teacher' })
  expect(firstAnswers({ name: 'Tom Hargreaves', title: '' }).sender).toBe('Tom Hargreaves')
})

test('What is missing or cannot be is said at its question', () => {
  const page = letterPage(kind({ needsMeeting: true, needsDelivery: true }))
  expect(checkLetter(page, {}, '2026-11-24')).toEqual({
    addressee: 'Enter whom the letter is to',
    meeting_on: 'Enter the day of the meeting',
    meeting_at: 'Enter the time of the meeting',
    meeting_place: 'Enter where the meeting is',
    how: 'Select how the letter will be given',
    sender: 'Enter who writes the letter',
  })
  const answers = { addressee: 'Ms J', meeting_on: '2026-12-01', meeting_at: '9.30', meeting_place: 'Room 2', how: 'post', sender: 'Me' }
  expect(checkLetter(page, answers, '2026-11-24')).toEqual({})
  expect(letterWords(answers)).toMatchObject({ addressee: 'Ms J', meetingOn: '2026-12-01', meetingAt: '09:30', how: 'post', ownWords: '' })
  expect(checkLetter(page, { ...answers, meeting_on: '2026-11-23', meeting_at: 'noon' }, '2026-11-24')).toEqual({ meeting_at: 'Enter a time, such as 10:00', meeting_on: 'The day must be today or later' })
})
