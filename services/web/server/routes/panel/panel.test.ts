import { create } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import type { Request } from 'express'
import { describe, expect, test } from 'vitest'
import { CaseState, DecisionKind, DecisionSchema, DecisionState, Origin, PanelCaseSchema, Phase, PrefilledFactSchema, TimelineEntrySchema, type PanelCase } from '../../../gen/pathways/panel/v1/service_pb'
import { ExclusionSchema } from '../../../gen/pathways/exclusions/v1/service_pb'
import { presentPanelCase } from '../exclusions/exclusion/panel'
import { aPerson } from '../../testSupport'
import { presentPanelEntry } from './case/history'
import { presentDecision, presentPrefilled } from './case/presenter'
import { readFilters } from './cases/form'
import { presentCase } from './cases/presenter'
import { problemsOf } from './formPages'
import { caseHeader } from './header'
import { isWritable } from './load'
import { panelTabs } from './tabs'

const today = '2026-11-24'
const people = new Map([['a', 'Amara Osei']])
const schools = new Map([[900001, 'Millbrook']])

function aCase(change: Partial<PanelCase> = {}): PanelCase {
  return create(PanelCaseSchema, { caseId: 'c1', reference: 'SP-1', pupilId: 'p1', urn: 900001, phase: Phase.SECONDARY, state: CaseState.REFERRED, complete: true, ...change } as never)
}

describe('Cases in a list', () => {
  const row = (change: Partial<PanelCase>) => presentCase(aCase(change), { pupils: new Map(), schools }, today)
  test('say when day six was, and that it has passed', () => {
    expect(row({ due: '2026-11-18' })).toMatchObject({ due: 'Education was due Wednesday 18 November', late: true })
    expect(row({ due: '2026-11-26' })).toMatchObject({ due: 'Education due Thursday 26 November', late: false })
  })
  test('are late no more when the panel has decided', () => {
    expect(row({ due: '2026-11-18', state: CaseState.DECIDED }).late).toBe(false)
  })
  test('that wait say that something is missing', () => {
    expect([row({ complete: false }).lacks, row({ complete: false, state: CaseState.DRAFT }).lacks, row({}).lacks]).toEqual([true, false, false])
  })
  test('are the open ones unless the address says otherwise', () => {
    expect(readFilters({}).states).not.toContain(CaseState.CLOSED)
    expect(readFilters({ state: 'all' }).states).toEqual([])
    expect(readFilters({ origin: 'step_up' }).origin).toBe(Origin.STEP_UP)
    expect(readFilters({ state: 'closed', panel: 'primary', school: '900001', show: 'incomplete' })).toEqual({ states: [CaseState.CLOSED], phase: Phase.PRIMARY, origin: Origin.UNSPECIFIED, urn: 900001, incomplete: true })
  })
})

describe('A case', () => {
  test('can be written until its pack is sealed, by those who write', () => {
    expect(isWritable(aCase(), aPerson('school'))).toBe(true)
    expect(isWritable(aCase({ sealed: true }), aPerson('school'))).toBe(false)
    expect(isWritable(aCase({ state: CaseState.DECIDED }), aPerson('panel_clerk'))).toBe(false)
    expect(isWritable(aCase(), aPerson('panel_chair'))).toBe(false)
  })
  test('goes back to where one came from', () => {
    const header = caseHeader(aCase(), 'Ella Jones', aPerson('panel_member'), 'overview', { query: { from: '/panel/sittings/s1' } } as unknown as Request)
    expect(header.back).toEqual({ href: '/panel/sittings/s1', text: 'Sitting' })
    expect(header.tabs.map(({ text }) => text)).toEqual(['Overview', 'What is written', 'Files', 'History'])
  })
  test('says which facts could not be had', () => {
    const facts = [['year_group', '9', 'registry'], ['looked_after', 'true', 'registry'], ['attendance_facts', '', 'attendance']].map(([key, value, source]) => create(PrefilledFactSchema, { key, value, source }))
    expect(presentPrefilled(facts).map(({ value }) => value)).toEqual(['Year 9', 'Yes', 'Could not be had from attendance then'])
  })
  test('tells a decision with its votes and who signed it off', () => {
    const decision = create(DecisionSchema, {
      number: 1,
      state: DecisionState.FINAL,
      terms: { kind: DecisionKind.ALTERNATIVE_PROVISION, tier: 2, reasons: 'Fits.' },
      votes: [{ personId: 'a', choice: 1 }, { personId: 'b', choice: 1 }, { personId: 'c', choice: 2 }],
      signedOffAt: '2026-11-20T11:00:00Z',
      signedOffBy: 'a',
    })
    const told = presentDecision(decision, { people, schools })
    expect(told.title).toBe('Decision 1: Alternative provision, tier 2')
    expect(told.facts).toContainEqual({ label: 'Votes', value: '2 for, 1 against' })
    expect(told.facts).toContainEqual({ label: 'Signed off', value: '20 November 2026 at 11:00am, by Amara Osei' })
  })
  test('has a history in plain words', () => {
    const entry = create(TimelineEntrySchema, { kind: 'panel_decided', code: 'managed_move', personId: 'a', role: 'panel_chair', urn: 900001, caseId: 'c1' })
    expect(presentPanelEntry(entry, people, schools, true)).toMatchObject({ what: 'Panel decided: managed move', by: 'Amara Osei, panel chair', link: { href: '/panel/cases/c1' } })
    expect(presentPanelEntry(create(TimelineEntrySchema, { kind: 'case_opened' }), people, schools, false).by).toBe('Pathways')
  })
})

describe('An exclusion', () => {
  const exclusion = create(ExclusionSchema, { exclusionId: 'e1', pupilId: 'p1', urn: 900001 })
  test('leads to the case it opened', () => {
    const link = presentPanelCase([aCase({ caseId: 'other', state: CaseState.CLOSED }), aCase({ exclusionId: 'e1', origin: Origin.PERMANENT_EXCLUSION })], exclusion, true)
    expect(link.open).toEqual({ href: '/panel/cases/c1?from=%2Fexclusions%2Fe1', text: 'Panel case SP-1: waits for a sitting' })
  })
  test('offers a referral to those who write one, where no case is open', () => {
    expect(presentPanelCase([aCase({ state: CaseState.CLOSED })], exclusion, true).refer).toMatchObject({ pupilId: 'p1', urn: 900001 })
    expect(presentPanelCase([], exclusion, false)).toEqual({})
  })
})

describe('Pages of the panel', () => {
  const tabs = (role: Parameters<typeof aPerson>[0]) => panelTabs(aPerson(role), 'cases').map(({ text }) => text)
  test('are those of a role', () => {
    expect(tabs('school')).toEqual(expect.arrayContaining(['Cases', 'Placements', 'Impact']))
    expect(tabs('panel_member')).toEqual(['Cases', 'Sittings', 'Tasks'])
    expect(tabs('provider')).toEqual(expect.arrayContaining(['Placements', 'Returns']))
  })
  test('say at the first question what the service refuses without naming one', () => {
    const page = { slug: '', title: '', questions: [{ key: 'what', kind: 'line', label: '', short: '', required: true, limit: 5, missing: '' } as const] }
    expect(problemsOf(new ConnectError('The place has just been given away', Code.FailedPrecondition), page)).toEqual({ what: 'The place has just been given away' })
  })
})
