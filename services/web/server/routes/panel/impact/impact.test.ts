import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { EffectMeasure, EffectSchema, EffectVerdict, GetEffectsResponseSchema, GetFairnessResponseSchema, GetReturnsResponseSchema } from '../../../../gen/pathways/panel/v1/impact_pb'
import { DecisionKind, Phase } from '../../../../gen/pathways/panel/v1/service_pb'
import { mostRanges, rangeChart } from '../../../charts/ranges'
import { aPerson } from '../../../testSupport'
import { readPeriod } from './form'
import { effectsView, fairnessView, returnsView } from './view'
import { signed, verdictWords } from './words'

const page = { person: aPerson('manager'), query: {}, today: '2026-11-24' }
const span = { laCode: 999, from: '2025-09-01', to: '2026-11-24' }
const texts = (rows: { text?: string }[][]) => rows.map(row => row.map(cell => cell.text))

describe('The period', () => {
  test('is an academic year of the address, and never ends later than today', () => {
    expect(readPeriod({}, page.today)).toEqual({ from: '', to: '' })
    expect(readPeriod({ period: '2025' }, page.today)).toEqual({ from: '2025-09-01', to: '2026-08-31' })
    expect(readPeriod({ period: '2026' }, page.today)).toEqual({ from: '2026-09-01', to: '2026-11-24' })
    expect(readPeriod({ period: '2030' }, page.today)).toEqual({ from: '', to: '' })
  })
})

describe('What can be said', () => {
  const say = (verdict: EffectVerdict, measure = EffectMeasure.ATTENDANCE, compared = 12, pupils = 14) => verdictWords({ verdict, measure, compared, pupils })
  test('is "cannot tell" with why, or a comparison', () => {
    expect(say(EffectVerdict.TOO_FEW, EffectMeasure.ATTENDANCE, 4, 9)).toBe('Cannot tell: 4 of 9 could be compared, at least 10 are needed')
    expect(say(EffectVerdict.TOO_FEW, EffectMeasure.ATTENDANCE, 0, 0)).toBe('Cannot tell: for nobody these weeks are over')
    expect(say(EffectVerdict.NO_DIFFERENCE_IN_RANGE)).toBe('Cannot tell: the range includes no difference')
    expect(say(EffectVerdict.ROSE)).toBe('Attendance rose against that of pupils alike')
    expect(say(EffectVerdict.FELL, EffectMeasure.SUSPENSIONS)).toBe('Suspensions fell against those of pupils alike')
  })
  test('has a sign, but no nought has one', () => {
    expect(['7.20', '-1.00', '0.00', ''].map(signed)).toEqual(['+7.20', '-1.00', '0.00', ''])
  })
})

describe('Places and times', () => {
  const shares = [{ urn: 1, phase: Phase.SECONDARY, headcount: 900, takenIn: 3, fairShare: '1.2' }]
  const times = [{ toDecision: { cases: 3, medianDays: '24.5', shortestDays: 8, longestDays: 61 }, toStart: {}, waitingForDecision: 2, longestWaitDays: 27 }]
  test('stand beside each other with their numbers', () => {
    const view = fairnessView(create(GetFairnessResponseSchema, { span, shares, takenIn: 3, times, casework: true }), new Map([[1, 'Millbrook']]), page)
    expect(texts(view.shares.rows)).toEqual([['Millbrook', 'Secondary', '900', '3', '1.2', '+1.8']])
    expect(texts(view.times.rows)).toEqual([['All cases', '3', '24.5 (8 to 61)', '0', 'none', '2', '27', '0']])
    expect(view.shareChart?.rows[0]).toMatchObject({ name: 'Millbrook', words: '3 taken in, share 1.2' })
  })
  test('say that a small number is hidden', () => {
    const hidden = [{ toDecision: { suppressed: true }, toStart: { suppressed: true }, waitingSuppressed: true }]
    const view = fairnessView(create(GetFairnessResponseSchema, { span, shares, takenInSuppressed: true, times: hidden }), new Map(), { ...page, person: aPerson('school') })
    expect(texts(view.times.rows)).toEqual([['All cases', 'hidden', 'hidden', 'hidden', 'hidden', 'hidden', '–', 'hidden']])
    expect(view.takenIn).toContain('Fewer than five')
    expect([view.shareChart, view.timesChart]).toEqual([undefined, undefined])
    expect(view.pages).toHaveLength(1)
  })
})

describe('Before and after', () => {
  const told = create(EffectSchema, { weeks: 12, measure: EffectMeasure.ATTENDANCE, pupils: 14, compared: 12, withoutMarks: 2, before: '60.00', after: '70.00', alikeBefore: '60.00', alikeAfter: '64.00', difference: '6.00', low: '1.00', high: '11.00', verdict: EffectVerdict.ROSE })
  const few = create(EffectSchema, { weeks: 12, measure: EffectMeasure.ATTENDANCE, kind: DecisionKind.ALTERNATIVE_PROVISION, tier: 2, pupils: 3, verdict: EffectVerdict.TOO_FEW })
  test('have a row for what can be told and for what cannot; only the first is drawn', () => {
    const view = effectsView(create(GetEffectsResponseSchema, { span, started: 20, effects: [told, few] }), [], page)
    expect(view.measures).toHaveLength(1)
    expect(texts(view.measures[0]?.table.rows ?? [])).toEqual([
      ['All together', '12', '12 of 14', '60.0 to 70.0', '60.0 to 64.0', '+6.0 (+1.0 to +11.0)', 'Attendance rose against that of pupils alike'],
      ['Alternative provision, tier 2', '12', '0 of 3', '–', '–', '–', 'Cannot tell: 0 of 3 could be compared, at least 10 are needed'],
    ])
    expect(view.measures[0]?.chart?.rows).toHaveLength(1)
    expect(view.leftOut).toContain('2 had too few sessions')
  })
  test('say what did not answer', () => {
    expect(effectsView(undefined, ['attendance'], page)).toMatchObject({ missing: 'attendance', empty: false, measures: [] })
  })
})

describe('Returns', () => {
  test('have a share only when there are enough', () => {
    const view = returnsView(create(GetReturnsResponseSchema, { span, returned: 13, held: [{ weeks: 12, returns: 11, held: 9, heldPercent: '81.8', low: '52.3', high: '94.9' }, { weeks: 26, returns: 2, held: 2 }] }), page)
    expect(texts(view.table.rows).map(row => row.at(-1))).toEqual(['81.8% (52.3% to 94.9%)', 'Cannot tell: at least 10 returns are needed for a share'])
  })
})

describe('A chart of ranges', () => {
  const words = { title: 'T', subtitle: 'S', unit: '', pointName: 'P', nought: 'No difference' }
  test('has nought in it, on either side', () => {
    const chart = rangeChart('c', words, [{ name: 'A', words: '', middle: -3, low: -5, high: -1 }])
    const row = chart.rows[0]
    expect(row && chart.noughtX !== undefined && row.low < row.middle && row.middle < row.high && row.high < chart.noughtX).toBe(true)
  })
  test('draws as many rows as can be told apart', () => {
    const chart = rangeChart('c', words, Array.from({ length: mostRanges + 3 }, (_, i) => ({ name: String(i), words: '', middle: i, low: i, high: i })))
    expect([chart.rows.length, chart.left]).toEqual([mostRanges, 3])
  })
})
