import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { CaseState, DecisionKind, DecisionSchema, DecisionState, DecisionWay, PanelCaseSchema, Seat, SittingSchema, SittingState, type Sitting } from '../../../gen/pathways/panel/v1/service_pb'
import { decisionPage, decisionAnswers, proposedIn, termsFrom } from './room/decision'
import { moved, offeredSteps, presentAgenda } from './sitting/presenter'
import { checkSitting, membersOf } from './sittings/form'

const names = { pupils: new Map(), schools: new Map([[900001, 'Millbrook']]), people: new Map() }

function aSitting(change: object = {}): Sitting {
  const panelCase = create(PanelCaseSchema, { caseId: 'c1', urn: 900001, due: '2026-11-30', state: CaseState.SCHEDULED })
  return create(SittingSchema, { sittingId: 's1', day: '2026-12-01', agenda: [{ panelCase, position: 1, addedBy: 'clerk', late: true, quorum: { met: false, lacking: ['the chair', 'two head teachers'] } }], ...change })
}

describe('An agenda', () => {
  test('shows day six, and that the sitting comes after it', () => {
    expect(presentAgenda(aSitting(), names, '2026-11-24')[0]).toMatchObject({ due: 'Education due Monday 30 November', late: true, how: 'Put on by the clerk, after the papers day', quorum: 'No quorum: the chair and two head teachers missing' })
    expect(presentAgenda(aSitting({ day: '2026-11-27' }), names, '2026-11-24')[0]?.late).toBe(false)
  })
  test('moves a case by one place, never over an end', () => {
    expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], 'x', 1)).toEqual(['a', 'b'])
  })
})

describe('A sitting', () => {
  const people = [{ personId: 'a', urns: [] }, { personId: 'b', urns: [900003] }]
  test('is opened before it is closed', () => {
    expect(offeredSteps({ state: SittingState.PLANNED }).map(({ action }) => action)).toEqual(['fill', 'seal', 'open', 'cancel'])
    expect(offeredSteps({ state: SittingState.OPEN }).map(({ action }) => action)).toEqual(['seal', 'close'])
    expect(offeredSteps({ state: SittingState.CLOSED })).toEqual([])
  })
  test('has members with their seats, a head teacher with the school', () => {
    expect(membersOf(people, { 'seat-a': 'chair', 'seat-b': 'head_teacher' })).toEqual([{ personId: 'a', seat: Seat.CHAIR, urn: 0 }, { personId: 'b', seat: Seat.HEAD_TEACHER, urn: 900003 }])
    expect(membersOf(people, {})).toEqual([])
  })
  test('needs one chair and a number of cases', () => {
    expect(checkSitting({ 'seat-b': 'chair', capacity: '8' }, people)).toEqual({})
    expect(checkSitting({ 'seat-a': 'chair', 'seat-b': 'chair', capacity: '61' }, people)).toEqual({ capacity: 'Enter a number from 1 to 60', 'seat-a': 'Name one chair' })
  })
})

describe('A decision', () => {
  const keys = (kind: DecisionKind, again = false) => decisionPage(kind, [], again).questions.map(({ key }) => key)
  test('asks what its kind needs', () => {
    expect(keys(DecisionKind.MANAGED_MOVE)).toEqual(['receiving_urn', 'until', 'parents_agree', 'receiving_school_agrees', 'reasons', 'conditions', 'way'])
    expect(keys(DecisionKind.DEFERRAL)).toEqual(['missing', 'reasons', 'conditions', 'way'])
    expect(keys(DecisionKind.FAIR_ACCESS_PLACE, true)).toContain('change_reason')
  })
  test('is sent as it was answered, and shown again the same', () => {
    const terms = termsFrom(DecisionKind.MANAGED_MOVE, { receiving_urn: '900003', until: '2027-01-15', parents_agree: 'yes', receiving_school_agrees: 'no', reasons: 'Because.', way: 'chair' })
    expect(terms).toMatchObject({ receivingUrn: 900003, parentsAgree: true, receivingSchoolAgrees: false, way: DecisionWay.CHAIR, missing: [] })
    const stored = create(DecisionSchema, { terms } as never).terms
    expect(decisionAnswers(stored)).toMatchObject({ receiving_urn: '900003', parents_agree: 'yes', receiving_school_agrees: 'no', way: 'chair' })
  })
  test('that is final is not the one being written', () => {
    const one = (state: DecisionState) => create(DecisionSchema, { sittingId: 's1', state })
    expect(proposedIn([one(DecisionState.FINAL)], 's1')).toBeUndefined()
    expect(proposedIn([one(DecisionState.PROPOSED)], 's2')).toBeUndefined()
    expect(proposedIn([one(DecisionState.PROPOSED)], 's1')).toBeDefined()
  })
})
