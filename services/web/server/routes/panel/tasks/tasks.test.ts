import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { TaskSchema, type Task } from '../../../../gen/pathways/panel/v1/tasks_pb'
import { aPerson } from '../../../testSupport'
import { presentTask, readList } from './presenter'

const today = '2026-11-24'
const names = { pupils: new Map(), people: new Map([['a', 'Anita Desai']]), schools: new Map([[900001, 'Millbrook']]) }

function aTask(change: Partial<Task> = {}): Task {
  return create(TaskSchema, { taskId: 't', caseId: 'c', reference: 'SP-1', pupilId: 'p', what: 'Agree the first day.', ownerAgency: 'receiving_school', ownerUrn: 900001, due: '2026-12-01', mine: true, ...change } as never)
}

describe('A task from the panel', () => {
  test('says who owes what by when, also to a school that does not see the pupil yet', () => {
    expect(presentTask(aTask(), aPerson('school'), names, today)).toEqual({ taskId: 't', what: 'Agree the first day.', about: 'A pupil who is not at your school yet (SP-1)', href: undefined, owner: 'Receiving school: Millbrook', due: 'Tuesday 1 December', overdue: false, done: '', mayComplete: true })
  })
  test('is marked as done by who owes it, once', () => {
    expect(presentTask(aTask({ mine: false }), aPerson('school'), names, today).mayComplete).toBe(false)
    expect(presentTask(aTask({ doneOn: today }), aPerson('school'), names, today).mayComplete).toBe(false)
    expect(presentTask(aTask({ ownerAgency: '', ownerPersonId: 'a' }), aPerson('panel_clerk'), names, today).owner).toBe('Anita Desai')
  })
  test('stands in the list that the address names', () => expect([readList(undefined), readList('done'), readList('x')]).toEqual(['', 'done', '']))
})
