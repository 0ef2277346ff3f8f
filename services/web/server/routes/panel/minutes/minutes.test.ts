import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { MinutesItemSchema, MinutesSchema } from '../../../../gen/pathways/panel/v1/minutes_pb'
import { Seat, VoteChoice } from '../../../../gen/pathways/panel/v1/service_pb'
import { paragraphs, presentPart, standing } from './presenter'

const names = { pupils: new Map([['p', 'Noah Green']]), people: new Map([['a', 'Anita Desai']]), schools: new Map([[900001, 'Millbrook']]) }

describe('Minutes', () => {
  test('name pupil, school, and who voted how', () => {
    const item = create(MinutesItemSchema, { item: 'c', caseId: 'c', reference: 'SP-1', pupilId: 'p', urn: 900001, words: 'Decided.\n\nActions:\n- School: write.', votes: [{ personId: 'a', choice: VoteChoice.FOR }], interestedPersonIds: ['b'] })
    expect(presentPart(item, names)).toEqual({ item: 'c', title: 'Noah Green, Millbrook', reference: 'SP-1', paragraphs: [['Decided.'], ['Actions:', '- School: write.']], facts: ['With an interest, without a part in it: a colleague', 'Anita Desai: for'], drafted: [] })
  })
  test('say who was there', () => {
    const item = create(MinutesItemSchema, { item: 'attendance', words: '', members: [{ personId: 'a', seat: Seat.HEAD_TEACHER, urn: 900001, attended: true }] })
    expect(presentPart(item, names)).toMatchObject({ title: 'Who was there', paragraphs: [], facts: ['Anita Desai, Head teacher, Millbrook: there'] })
  })
  test('say where they stand', () => {
    expect(standing(create(MinutesSchema, {}), names.people)).toBe('Drafted by Pathways from what the sitting recorded. Not signed yet.')
    expect(standing(create(MinutesSchema, { updatedAt: '2026-11-24T09:15:00Z', updatedBy: 'a' }), names.people)).toContain('words changed 24 November 2026 at 9:15am, by Anita Desai')
    expect(standing(create(MinutesSchema, { signedAt: '2026-11-24T09:15:00Z', signedBy: 'a', intact: false }), names.people)).toContain('not as they were signed')
  })
  test('keep lines together', () => expect(paragraphs('One\ntwo\n\n\nthree\n')).toEqual([['One', 'two'], ['three', '']]))
})
