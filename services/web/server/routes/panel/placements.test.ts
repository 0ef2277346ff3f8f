import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { AttendanceSource, GetAttendanceThereResponseSchema } from '../../../gen/pathways/panel/v1/placed_pb'
import { PlanState, ReintegrationPlanSchema, type ReintegrationPlan } from '../../../gen/pathways/panel/v1/reintegration_pb'
import { MatchOptionSchema, Phase, PlacementSchema, PlacementState, ProviderSchema, TimelineEntrySchema } from '../../../gen/pathways/panel/v1/service_pb'
import type { ChoiceQuestion } from '../../requestForm/types'
import { aPerson } from '../../testSupport'
import { daysWords, penceOf } from '../../text/providers'
import { presentPanelEntry } from './case/history'
import { presentOption } from './places/controller'
import { questionsOf } from './placements/forms'
import { presentPlacement, presentThere } from './placements/presenter'
import { offeredNext } from './placements/steps'
import { checkProgramme, programmeFrom } from './providers/programmeForm'
import { checkProvider, providerFrom } from './providers/providerForm'
import { presentChecks, presentFacts, presentProviderRow } from './providers/presenter'
import { presentPlan, returnActions } from './returns/presenter'

const today = '2026-11-24'
const schools = new Map([[900001, 'Millbrook'], [900003, 'Kingsmead']])

const provider = (change: object = {}) =>
  create(ProviderSchema, {
    providerId: 'p1', name: 'The Yard', registration: 'independent_school', open: true,
    checks: [{ kind: 'visit', outcome: 'met', checkedOn: '2026-03-02', nextDue: '2026-10-01' }, { kind: 'premises', outcome: 'partly_met', checkedOn: '2026-03-02', nextDue: '2027-03-02' }],
    programmes: [{ programmeId: 'g1', name: 'Motor vehicle', days: [{ day: 'mon', places: 6, taken: 2 }, { day: 'tue', places: 6, taken: 5 }] }],
    ...change,
  } as never)

describe('A provider', () => {
  test('is shown with the places free on its fullest day, and with what stops it', () => {
    expect(presentProviderRow(provider())).toMatchObject({ programmes: ['Motor vehicle: 1 place free'], state: { text: 'Takes pupils' } })
    expect(presentProviderRow(provider({ concerns: ['The visit is overdue'] })).state.text).toBe('Checks to put right')
    expect(presentProviderRow(provider({ open: false })).state.text).toBe('Takes no pupils')
  })
  test('has every check, also those that are missing or overdue', () => {
    const states = Object.fromEntries(presentChecks(provider(), today).map(({ kind, state }) => [kind, state.text]))
    expect(states).toEqual({ safeguarding: 'Not checked yet', staff_checks: 'Not checked yet', premises: 'Partly met', curriculum: 'Not checked yet', attendance_reporting: 'Not checked yet', visit: 'Overdue' })
  })
  test('says where it is, or that it is not known', () => {
    const where = (change: object) => presentFacts(provider(change), new Map()).find(({ label }) => label === 'Where it is')?.value
    expect(where({})).toContain('Not known')
    expect(where({ located: true, urn: 150800 })).toBe('From the register of schools, by URN 150800')
    expect(where({ located: true, easting: 504960, northing: 249570 })).toBe('Easting 504960, northing 249570')
  })
  test('is read from the form, numbers alone', () => {
    expect(checkProvider({ urn: '1508', easting: '504,960' })).toEqual({ urn: 'Enter the six digits of the URN', easting: 'Enter whole metres, such as 504960' })
    expect(providerFrom({ name: 'The Yard', registration: 'college', open: 'no', person_ids: 'a,b' }, { providerId: 'p1', laCode: 999, version: 3n })).toMatchObject({ urn: 0, open: false, personIds: ['a', 'b'], version: 3n })
  })
})

describe('A programme', () => {
  test('has a cost in pounds and places on some day', () => {
    expect([penceOf('412.50'), penceOf('£1,200'), penceOf('4.5'), penceOf('free')]).toEqual([41250n, 120000n, undefined, undefined])
    expect(checkProgramme({ pence_a_week: 'x', tue: '201' })).toMatchObject({ pence_a_week: expect.any(String), tue: 'Enter a number from 0 to 200' })
    expect(checkProgramme({ pence_a_week: '10' })).toEqual({ mon: 'Enter places for at least one day' })
    expect(programmeFrom({ name: 'N', tier: '2', phase: 'secondary', needs: 'behaviour,learning', pence_a_week: '412.50', mon: '6', tue: '0' }, { programmeId: 'g', providerId: 'p', version: 0n })).toMatchObject({ tier: 2, phase: Phase.SECONDARY, penceAWeek: 41250n, days: [{ day: 'mon', places: 6 }] })
  })
  test('is on days said as people say them', () => {
    expect([daysWords(['mon', 'wed', 'fri']), daysWords(['tue']), daysWords(['mon', 'tue', 'wed', 'thu', 'fri'])]).toEqual(['Monday, Wednesday and Friday', 'Tuesday', 'Every day'])
  })
})

describe('An option', () => {
  const school = create(MatchOptionSchema, { urn: 900003, name: 'Kingsmead', rank: 2, score: 88, metres: 4200, reasons: ['It took in none'] })
  test('of a school leads on when the panel decided for it', () => {
    expect(presentOption(school, '/places', 900003)).toMatchObject({ decided: true, offer: '/places/school', facts: ['88 of 100 points', '4.2 km from the school'] })
    expect(presentOption(school, '/places').offer).toBe('')
  })
  test('says when the distance is not known', () => {
    expect(presentOption(create(MatchOptionSchema, { programmeId: 'g1', rank: 1, metres: -1 }), '/places').facts).toContain('Distance not known')
  })
})

describe('A placement', () => {
  const placement = (change: object = {}) => create(PlacementSchema, { placementId: 'x', urn: 900001, receivingUrn: 900003, state: PlacementState.OFFERED, days: ['mon'], startDay: '2026-11-23', ...change } as never)
  test('at a school is answered by that school and by the authority alone', () => {
    const names = (...who: Parameters<typeof aPerson>) => offeredNext(placement(), aPerson(...who)).map(({ name }) => name)
    expect(names('school', { urns: [900003] })).toEqual(['answer'])
    expect([names('school'), names('provider'), names('manager')]).toEqual([[], [], []])
    expect(names('panel_clerk')).toEqual(['answer'])
    expect(offeredNext(placement({ state: PlacementState.STARTED }), aPerson('school', { urns: [900003] }))).toEqual([])
  })
  test('is taken back by the authority alone', () => {
    const options = (who: Parameters<typeof aPerson>[0]) => (questionsOf('answer', aPerson(who))[0] as ChoiceQuestion).options.map(({ value }) => value)
    expect([options('provider'), options('panel_clerk')]).toEqual([['accept', 'decline'], ['accept', 'decline', 'withdraw']])
  })
  test('tells what they need to know and where the pupil goes', () => {
    const facts = presentPlacement(placement({ message: 'A quiet place.', reintegrationUrn: 900001, reintegrationDay: '2027-01-13' }), schools)
    expect(facts).toContainEqual({ label: 'What they need to know', value: 'A quiet place.' })
    expect(facts).toContainEqual({ label: 'Goes to', value: 'Millbrook from 13 January 2027' })
  })
  test('has attendance with where it comes from, or says that it cannot be told', () => {
    const there = (change: object) => presentThere(create(GetAttendanceThereResponseSchema, change as never)).map(({ value }) => value)
    expect(there({})).toEqual(['Cannot tell: no register says anything of it yet'])
    expect(there({ source: AttendanceSource.HOME_REGISTER, sinceStart: { possible: 0 }, dualSessions: 4 })).toEqual(['Cannot tell: no register says anything of it yet', expect.stringContaining('4 sessions with code D')])
    expect(there({ source: AttendanceSource.NOT_ALLOWED })[0]).toContain('those who may see registers')
    expect(there({ source: AttendanceSource.HOME_REGISTER, sinceStart: { possible: 40, attended: 31 }, lastFourWeeks: {}, lastMark: '2026-11-23' })).toEqual([
      '31 of 40 sessions (77.5%), from the register of the pupil’s school, codes B and K',
      'Cannot tell: no session of these weeks has a mark',
      '23 November 2026',
    ])
  })
})

describe('A plan for the return', () => {
  const plan = (change: object = {}): ReintegrationPlan => create(ReintegrationPlanSchema, { placementId: 'x', state: PlanState.DRAFT, toUrn: 900001, firstDay: '2027-01-13', updatedBy: 'a', updatedAt: '2026-11-20T10:00:00Z', ...change } as never)
  test('tells who agreed, and that a part-time timetable ends', () => {
    const facts = presentPlan(plan({ phasedUntil: '2027-01-29', agreedAt: '2026-11-21T10:00:00Z', agreedBy: 'a' }), { people: new Map([['a', 'Priya Raman']]), schools })
    expect(facts).toContainEqual({ label: 'Timetable', value: 'Part time up to 29 January 2027, then full time' })
    expect(facts).toContainEqual({ label: 'Agreed', value: '21 November 2026 at 10:00am, kept by Priya Raman' })
    expect(facts).toContainEqual({ label: 'Parents agree', value: 'No' })
  })
  test('once agreed is changed by the authority alone', () => {
    const words = (state: PlanState, who: Parameters<typeof aPerson>[0]) => returnActions(plan({ state }), aPerson(who)).links.map(({ text }) => text)
    expect(words(PlanState.DRAFT, 'provider')).toEqual(['Change the plan'])
    expect(words(PlanState.DRAFT, 'inclusion_officer')).toEqual(['Change the plan', 'Keep that it is agreed'])
    expect(words(PlanState.AGREED, 'school')).toEqual([])
    expect(words(PlanState.AGREED, 'panel_clerk')).toEqual(['Change the plan: it has to be agreed again'])
    expect(words(PlanState.RETURNED, 'school')).toEqual(['Keep a review of the return'])
    expect([words(PlanState.RETURNED, 'provider'), words(PlanState.RETURNED, 'manager')]).toEqual([[], []])
  })
  test('stands in the timeline in plain words', () => {
    const what = (kind: string, code = '') => presentPanelEntry(create(TimelineEntrySchema, { kind, code }), new Map(), schools, false).what
    expect([what('return_agreed'), what('pupil_reintegrated'), what('return_reviewed', 'going_well'), what('placement_started', '2026-11-09')]).toEqual([
      'Plan for the return agreed: the school has it',
      'Back at a school',
      'Return reviewed: going well',
      'Placement started: 9 November 2026',
    ])
  })
})
