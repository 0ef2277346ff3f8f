import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { GetRoomResponseSchema, InterestRecordSchema, VoteRecordSchema } from '../../../../gen/pathways/panel/v1/room_pb'
import { VoteChoice } from '../../../../gen/pathways/panel/v1/service_pb'
import { presentPlaces } from './live'
import { interestWords, voteWords } from './records'

const people = new Map([['a', 'Anita Desai'], ['n', 'Naomi Fletcher']])
const at = '2026-11-24T09:15:00Z'

describe('Free places in the room', () => {
  const tiers = (free: number, promised: number) => presentPlaces(create(GetRoomResponseSchema, { tiers: [{ tier: 2, free, promised }] })).tiers[0]
  test('say what the sitting has decided on already', () => {
    expect(tiers(1, 0)).toBe('Tier 2: 1 place free.')
    expect(tiers(14, 3)).toBe('Tier 2: 14 places free; 3 pupils decided on here have none yet, which leaves 11.')
    expect(tiers(0, 1)).toBe('Tier 2: 0 places free; 1 pupil decided on here has none yet, which is 1 too few.')
  })
  test('have no table without a programme', () => expect(presentPlaces(create(GetRoomResponseSchema, {})).table).toBeUndefined())
})

describe('What members say', () => {
  test('names who typed it, where it was not the member', () => {
    const vote = create(VoteRecordSchema, { personId: 'a', choice: VoteChoice.AGAINST, writtenBy: 'n', at })
    expect(voteWords(vote, people)).toBe('Anita Desai: against (written down by Naomi Fletcher, 24 November 2026 at 9:15am)')
    expect(interestWords('a', create(InterestRecordSchema, { personId: 'a', writtenBy: 'a', at }), people)).toBe('Anita Desai (24 November 2026 at 9:15am)')
    expect(interestWords('x', undefined, people)).toBe('a colleague')
  })
})
