import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import {
  GetRiskFairnessResponseSchema,
  GetRiskProposalResponseSchema,
  RehearseRiskWeightsResponseSchema,
  RiskDecision,
  RiskFactor,
  RiskGrouping,
  RiskProposalState,
  RiskWeightsSchema,
} from '../../../../gen/pathways/exclusions/v1/risk_pb'
import { aPerson } from '../../../testSupport'
import { fairnessView } from './fairness/view'
import { presentFairness } from './fairness/presenter'
import { riskLinks } from './links'
import { readFilters } from './list/form'
import { checkDecided, readDecided } from './proposal/form'
import { presentProposal } from './proposal/presenter'
import { proposalView } from './proposal/view'
import { fieldOf, readWeights, typedFrom } from './weights/form'
import { differences, presentRehearsal } from './weights/presenter'

const weights = create(RiskWeightsSchema, {
  bands: [
    { factor: RiskFactor.SUSPENSIONS, atLeast: 4, points: 35 },
    { factor: RiskFactor.SUSPENSIONS, atLeast: 2, points: 25 },
    { factor: RiskFactor.SEN_SUPPORT, atLeast: 1, points: 10 },
    { factor: RiskFactor.SUPPORT_IN_PLACE, atLeast: 1, points: -5 },
  ],
  primaryFirstYear: 4,
  primaryLastYear: 6,
  secondaryFirstYear: 8,
  secondaryLastYear: 10,
  primaryThreshold: 30,
  secondaryThreshold: 45,
})

describe('The list of proposals', () => {
  test('shows what waits for a decision until the address asks for something else', () => {
    expect(readFilters({})).toMatchObject({ state: RiskProposalState.OPEN, decision: RiskDecision.UNSPECIFIED })
    expect(readFilters({ state: 'all' }).state).toBe(RiskProposalState.UNSPECIFIED)
    expect(readFilters({ decision: 'early_help' })).toMatchObject({ state: RiskProposalState.UNSPECIFIED, decision: RiskDecision.EARLY_HELP })
    expect(readFilters({ state: 'nonsense', phase: 'nursery', school: 'x' })).toEqual({ state: RiskProposalState.OPEN, decision: RiskDecision.UNSPECIFIED, phase: '', urn: 0 })
  })
  test('leads each person only to pages that are theirs', () => {
    expect(riskLinks(aPerson('school'), 'proposals')).toEqual([])
    expect(riskLinks(aPerson('manager'), 'weights').map(({ href }) => href)).toEqual(['/exclusions/risk/fairness'])
    expect(riskLinks(aPerson('inclusion_officer'), 'proposals')).toHaveLength(2)
  })
})

describe('A proposal', () => {
  const share = { factor: RiskFactor.SUSPENSIONS, points: 25, fact: '3 <suspensions>', toChange: 'Fewer than 2 would take 15 points off' }
  const found = (change = {}) =>
    create(GetRiskProposalResponseSchema, {
      proposal: { proposalId: 'r1', pupilId: 'p1', state: RiskProposalState.OPEN, version: 3n },
      whenProposed: { score: 50, threshold: 45, shares: [] },
      latest: { score: 60, threshold: 45, shares: [share] },
      ...change,
    })

  test('tells how it was when that is not how it is', () => {
    expect(presentProposal(found(), undefined, '', new Map()).first?.score).toBe(50)
    expect(presentProposal(found({ whenProposed: { score: 60, threshold: 45, shares: [share] } }), undefined, '', new Map()).first).toBeUndefined()
  })
  test('asks only who may decide, and keeps what was typed', () => {
    const reading = proposalView(presentProposal(found(), undefined, '', new Map()), undefined, {}, '/b', '/h')
    expect(reading.form).toBeUndefined()
    const sent = readDecided({ decision: 'nonsense', reason: 'Typed\r\nhere', version: '3', score: '60' })
    const view = proposalView(presentProposal(found({ mayDecide: true }), undefined, '', new Map()), sent, checkDecided(sent), '/b', '/h')
    expect(view.form).toMatchObject({ version: '3', score: '60', reason: { value: 'Typed\nhere' } })
    expect(view.errorSummary?.errorList.map(({ href }) => href)).toEqual(['#decision'])
  })
  test('needs a decision from the list and a reason', () => {
    expect(checkDecided(readDecided({ decision: 'early_help', reason: 'short', version: '1' }))).toHaveProperty('reason')
    expect(checkDecided(readDecided({ decision: 'early_help', reason: 'The school agrees with it.', version: '1' }))).toEqual({})
  })
})

describe('Weights', () => {
  test('come back from the form as they went in', () => {
    const read = readWeights(typedFrom(weights))
    expect(read.errors).toEqual({})
    expect(differences(weights, read.weights)).toEqual([])
  })
  test('say at which field something is wrong', () => {
    const typed = { ...typedFrom(weights), 'suspensions-least-1': '2', 'sen_support-points-0': '300', 'absence-least-0': '10', primary_threshold: '0' }
    expect(Object.keys(readWeights(typed).errors).toSorted()).toEqual(['absence-points-0', 'primary_threshold', 'sen_support-points-0', 'suspensions-least-0'])
    expect(readWeights(typed).errors).toHaveProperty('suspensions-least-0', expect.stringContaining('once only'))
    expect([fieldOf('weights.secondary_years'), fieldOf('weights.bands')]).toEqual(['secondary_first', 'suspensions-least-0'])
  })
  test('differ by what a person reads', () => {
    const other = create(RiskWeightsSchema, { ...weights, secondaryThreshold: 50, bands: weights.bands.slice(0, 3) })
    expect(differences(weights, other)).toEqual([
      { name: 'Kinds of support under way (takes points off)', one: '1 or more kinds: -5 points', other: 'no points' },
      { name: 'Help is proposed', one: expect.stringContaining('from 45 points on'), other: expect.stringContaining('from 50 points on') },
    ])
  })
  test('are rehearsed by phase, school and month', () => {
    const rehearsal = presentRehearsal(create(RehearseRiskWeightsResponseSchema, { academicYear: 202526, pupils: 1840n, total: { before: 5n, after: 3n, removed: 2n }, primary: { before: 1n, after: 1n }, schools: [{ urn: 1, counts: { before: 5n, after: 3n } }], months: [{ day: '2025-09-30', before: 5n, after: 3n }] }), new Map([[1, 'Millbrook']]))
    expect(rehearsal).toMatchObject({ year: '2025/26', pupils: '1,840', secondary: { before: '4', after: '2', removed: '2' }, schools: [{ name: 'Millbrook', after: '3' }], months: [{ label: 'Sep 2025', before: 5, after: 3 }] })
  })
})

describe('Whom it picks out', () => {
  const found = create(GetRiskFairnessResponseSchema, {
    on: '2025-11-24',
    until: '2026-11-24',
    all: { pupils: { count: 100n, share: '100.0' }, proposed: { count: 10n, share: '100.0' } },
    groups: [
      { grouping: RiskGrouping.SEX, value: 'F', pupils: { count: 50n, share: '50.0' }, proposed: { count: 3n, share: '30.0' }, excludedLater: { suppressed: true } },
      { grouping: RiskGrouping.SEX, value: 'M', pupils: { count: 50n, share: '50.0' }, proposed: { suppressed: true } },
      { grouping: RiskGrouping.ETHNIC_GROUP, value: '', pupils: { count: 100n, share: '100.0' } },
    ],
    suppressionApplies: true,
  })
  test('names groups and draws only what may be shown', () => {
    const view = fairnessView({ fairness: presentFairness(found), person: aPerson('manager'), query: {}, draft: false, mayDraft: false, errors: {} })
    expect(view.chart?.rows.map(({ name, words }) => [name, words])).toEqual([['Girls', '30.0% of proposals, 50.0% of pupils']])
    expect(view.tables[0]?.table.rows[0]?.map(({ text }) => text)).toEqual(['Girls', '50 (50.0%)', '3 (30.0%)', 'hidden', '0 (not applicable)', '0 (not applicable)'])
    expect(view.tables[1]?.table.rows[0]?.[0]?.text).toBe('Not known or refused')
  })
})
