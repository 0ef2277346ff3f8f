import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { FairAccessState, GetFairAccessResponseSchema } from '../../../../gen/pathways/panel/v1/fair_access_pb'
import { presentFairAccess } from './fairAccess'

describe('The fair access date', () => {
  const limit = (change: object) => create(GetFairAccessResponseSchema, { state: FairAccessState.DUE, startsFrom: '2026-11-02', due: '2026-11-30', rule: 'Within 20 school days', source: 'the Code', days: [{ day: '2026-11-02', whySkipped: 'The count starts after this day' }, { day: '2026-11-03', number: 1 }], ...change })
  test('says by when, and every day of the count', () => {
    expect(presentFairAccess(limit({}), '2026-11-24')).toEqual({
      words: 'A school place is due by Monday 30 November.',
      late: false,
      rule: 'Within 20 school days (the Code). It counts from 2 November 2026.',
      days: ['Monday 2 November: The count starts after this day', '1. Tuesday 3 November'],
    })
  })
  test('says that it has passed, that a place was found, or that others name the school', () => {
    expect(presentFairAccess(limit({ state: FairAccessState.LATE }), '2026-12-01')).toMatchObject({ late: true, words: 'A school place was due by Monday 30 November. It is still owed.' })
    expect(presentFairAccess(limit({ state: FairAccessState.FOUND, foundOn: '2026-11-20' }), '2026-12-01')?.words).toContain('was decided on 20 November 2026')
    expect(presentFairAccess(create(GetFairAccessResponseSchema, { whyNot: 'has_plan' }), '2026-12-01')?.words).toContain('education, health and care plan')
    expect(presentFairAccess(create(GetFairAccessResponseSchema), '2026-12-01')).toBeUndefined()
  })
})
