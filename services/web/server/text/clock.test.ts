import { describe, expect, test } from 'vitest'
import { Kind, Session, StepState } from '../../gen/pathways/exclusions/v1/service_pb'
import { dueWords, stepTag, stepTitle, urgency } from './clock'
import { backWords, daysOf, lengthOf, schoolDays, spanOf } from './exclusions'

const today = '2026-10-01'
const step = (change: Partial<Parameters<typeof dueWords>[0]>) => ({ step: 'provision_from', state: StepState.DUE, due: '2026-10-06', schoolDaysLeft: 3, doneOn: '', ...change })

describe('When a step is due', () => {
  test.each([
    [step({}), 'Due Tuesday 6 October (3 school days left)'],
    [step({ schoolDaysLeft: 1, due: '2026-10-02' }), 'Due Friday 2 October (1 school day left)'],
    [step({ due: today, schoolDaysLeft: 0 }), 'Due today, Thursday 1 October'],
    [step({ due: '2027-01-07', schoolDaysLeft: 60 }), 'Due Thursday 7 January 2027 (60 school days left)'],
    [step({ due: '' }), 'Due without delay'],
    [step({ due: '', state: StepState.LATE }), 'Was due without delay'],
    [step({ due: '2026-09-29', state: StepState.LATE, schoolDaysLeft: -2 }), 'Was due Tuesday 29 September (2 school days late)'],
    [step({ state: StepState.DONE, doneOn: '2026-09-30' }), 'Done Wednesday 30 September'],
    [step({ state: StepState.DONE }), 'Done'],
    [step({ state: StepState.MOOT }), 'No longer asked for'],
    // The roll: a day before which something may not be done is never late.
    [step({ step: 'remove_from_roll', due: '2026-12-05' }), 'Not before Saturday 5 December'],
  ])('%#: $state', (one, words) => {
    expect(dueWords(one, today)).toBe(words)
  })
  test('is grouped by how it presses, in colour and in words', () => {
    const of = (due: string, state = StepState.DUE) => urgency({ due, state }, today)
    expect([of('', StepState.DUE), of(today), of('2026-10-04'), of('2026-10-05'), of('2026-10-09', StepState.LATE)]).toEqual(['today', 'today', 'week', 'later', 'late'])
    expect(stepTag({ state: StepState.LATE, due: '' }, today)).toEqual({ text: 'Late', colour: 'red' })
    expect(stepTag({ state: StepState.DONE, due: '' }, today).text).toBe('Done')
  })
  test('on a Sunday, this week ends that day', () => {
    expect(urgency({ due: '2026-10-05', state: StepState.DUE }, '2026-10-04')).toBe('later')
  })
  test('a step that is new to the pages is named all the same', () => {
    expect(stepTitle('call_the_head')).toBe('call the head')
  })
})

describe('Length and span', () => {
  test('are told in school days, half days as .5', () => {
    expect([daysOf(11), schoolDays(2), schoolDays(1), schoolDays(90)]).toEqual(['5.5', '1 school day', '0.5 school days', '45 school days'])
  })
  test('are told by kind', () => {
    expect(lengthOf({ kind: Kind.LUNCHTIME, halfDays: 1 })).toBe('1 lunchtime')
    expect(lengthOf({ kind: Kind.PERMANENT, halfDays: 0 })).toBe('')
  })
  test('name both days, with the year once', () => {
    const facts = (startDate: string, kind = Kind.SUSPENSION) => ({ startDate, kind }) as Parameters<typeof spanOf>[0]['facts']
    expect(spanOf({ facts: facts('2026-09-07'), endDate: '2026-09-14' })).toBe('Monday 7 September to Monday 14 September 2026')
    expect(spanOf({ facts: facts('2026-12-14'), endDate: '2027-01-12' })).toBe('Monday 14 December 2026 to Tuesday 12 January 2027')
    expect(spanOf({ facts: facts('2026-09-07'), endDate: '2026-09-07' })).toBe('Monday 7 September 2026')
    expect(spanOf({ facts: facts('2026-09-07', Kind.PERMANENT), endDate: '' })).toBe('from Monday 7 September 2026')
    expect(backWords({ backOn: '2026-09-15', backSession: Session.PM })).toBe('Tuesday 15 September 2026, in the afternoon')
  })
})
