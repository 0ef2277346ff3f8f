import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { PublishedPlace } from '../../../../gen/pathways/exclusions/v1/published_pb'
import { Breakdown, GetTrendResponseSchema, HeadcountBasis, SchoolTerm, TrendCaseSchema } from '../../../../gen/pathways/exclusions/v1/trends_pb'
import { readPaging } from '../../../components/pagination'
import { aPerson } from '../../../testSupport'
import { periodName, yearOf, yearsBefore } from '../../../text/trends'
import { originWords } from '../origin'
import { presentCase } from './cases/presenter'
import { casesView } from './cases/view'
import { offeredBreakdowns, offeredYears, readQuestion, trendsHref } from './form'
import { readPlace, scopeOf } from './place'
import { presentTrend } from './presenter'
import { trendView } from './view'

const today = '2026-11-24'
const manager = aPerson('manager')
const school = aPerson('school')
const names = { schools: new Map([[900001, 'Millbrook']]), reasons: [{ code: 'DB', name: 'Disruptive behaviour' }] }
const codes = (items: readonly { code: string }[]) => items.map(({ code }) => code)

describe('What is asked', () => {
  test('begins with rates of suspensions over five years: of the authority for a manager, of its own for a school', () => {
    expect(readQuestion({}, manager, today)).toMatchObject({ asRate: true, byTerm: false, to: 202627, laCode: 999, place: { kind: 'authority' }, breakdown: { by: Breakdown.TOTAL } })
    expect(readQuestion({}, school, today).place).toEqual({ kind: 'school', value: '900001' })
  })
  test('is read from the address; what is no choice is left out', () => {
    expect(readQuestion({ measure: 'permanent', show: 'count', period: 'term', by: 'sex', where: 'phase-State-funded primary', to: '202425' }, manager, today)).toMatchObject({
      measure: { code: 'permanent' },
      asRate: false,
      byTerm: true,
      to: 202425,
      breakdown: { by: Breakdown.SEX },
      place: { kind: 'phase', value: 'State-funded primary' },
    })
    expect(readQuestion({ measure: 'x', by: 'x', where: 'x', to: '190001', la: '7' }, manager, today)).toMatchObject({ measure: { code: 'suspensions' }, breakdown: { code: '' }, to: 202627, laCode: 999 })
  })
  test('a place is not divided by what does not divide it', () => {
    expect(readQuestion({ where: 'school-900001', by: 'school' }, manager, today).breakdown.by).toBe(Breakdown.TOTAL)
    expect(codes(offeredBreakdowns(manager, { kind: 'locality', value: 'North' }, false))).not.toContain('phase')
    expect(codes(offeredBreakdowns(manager, { kind: 'locality', value: 'North' }, false))).toContain('school')
  })
  test('whoever does not work with all cases is not offered other schools, nor terms divided further', () => {
    const whole = readPlace('authority', school)
    expect(codes(offeredBreakdowns(school, whole, false))).not.toContain('school')
    expect(offeredBreakdowns(school, whole, true)).toEqual([])
    expect(codes(offeredBreakdowns(school, readPlace(undefined, school), true))).toContain('reason')
  })
  test('goes to the service as one place at most', () => {
    expect(scopeOf({ kind: 'school', value: '900001' }, 999)).toEqual({ laCode: 0, urn: 900001, locality: '', phase: '' })
    expect(scopeOf({ kind: 'locality', value: 'North' }, 999)).toEqual({ laCode: 999, urn: 0, locality: 'North', phase: '' })
  })
  test('years begin in September', () => {
    expect([yearOf('2026-08-31'), yearOf('2026-09-01'), yearsBefore(200001, 2)]).toEqual([202526, 202627, 199899])
    expect(offeredYears(today)).toEqual([202627, 202526, 202425, 202324, 202223])
    expect(periodName(202627, SchoolTerm.AUTUMN)).toBe('Autumn 2026/27')
  })
})

const response = create(GetTrendResponseSchema, {
  series: [
    {
      by: Breakdown.TOTAL,
      points: [
        { academicYear: 202526, suspensions: { count: 1234n, rate: '11.31' }, permanentExclusions: { count: 0n, rate: '0.00' }, headcount: 10911n },
        { academicYear: 202627, suspensions: { suppressed: true }, headcount: 0n, headcountSuppressed: true, unfinished: true },
      ],
    },
  ],
  headcounts: [{ academicYear: 202526 }, { academicYear: 202627, basis: HeadcountBasis.TODAY, countedOn: '2026-11-24' }],
  mayOpenCases: true,
  firstRecordedYear: 202526,
  published: [
    { place: PublishedPlace.ENGLAND, authorities: 1, sources: ['The Department (file.csv)'], points: [{ academicYear: 202526, suspensions: { rate: '9.33', authorities: 1 } }, { academicYear: 202627 }] },
    { place: PublishedPlace.NEIGHBOURS, authorities: 10, sources: ['The Department (file.csv)'], educationPhase: '', points: [{ academicYear: 202526, suspensions: { rate: '8.10', authorities: 9 } }, { academicYear: 202627, suspensions: { symbol: 'c' } }] },
  ],
})

function shown(query: Record<string, string> = {}, change = {}) {
  const question = readQuestion(query, manager, today)
  const trend = presentTrend(create(GetTrendResponseSchema, { ...response, ...change, $typeName: undefined } as never), question, names)
  return { trend, view: trendView({ trend, question, person: manager, query, places: [], placeName: 'Bedford', today }) }
}

describe('The page', () => {
  test('has published rates beside ours, with how many authorities they are of and why there is none', () => {
    const { view } = shown()
    expect(view.table.head.map(({ text }) => text)).toEqual(['Academic year', 'Suspensions', 'Pupils on roll', 'Per 100 pupils', 'England', 'Statistical neighbours'])
    expect(view.table.rows[0]?.map(({ text, html }) => text ?? html)).toMatchObject(['2025/26', /cases\?/, '10,911', '11.31', '9.33', '8.10 (of 9)'].map(one => (typeof one === 'string' ? one : expect.stringMatching(one))))
    expect(view.table.rows[1]?.map(({ text }) => text)).toEqual(['2026/27 so far', 'hidden', 'hidden', 'hidden', 'not published', 'suppressed'])
    expect(view.chart.lines.map(({ name }) => name)).toEqual(['Bedford', 'England', 'Statistical neighbours'])
    expect(view.notes.join(' ')).toContain('Source: The Department (file.csv). Of the 10 statistical neighbours')
  })
  test('says whose roll the rates are of, and where no roll is known', () => {
    const notes = shown().trend.notes.join(' ')
    expect(notes).toContain('its rates are of the pupils on roll on 24 November 2026')
    expect(notes).toContain('No roll is known for 2025/26')
  })
  test('has no published line beside counts, groups, or a measure of our own', () => {
    expect(shown({ show: 'count' }).trend.published).toEqual([])
    expect(shown({ by: 'sex' }).trend.published).toEqual([])
    expect(shown({ measure: 'sessions' }).trend.published).toEqual([])
  })
  test('leads from a number to its cases by a short address; nothing is behind nought', () => {
    const count = shown().trend.lines[0]?.counts[0]
    expect(count).toEqual({ text: '1,234', value: 1234, href: '/exclusions/trends/cases?year=202526' })
    expect(trendsHref(readQuestion({ measure: 'pupils', where: 'phase-Special', to: '202526', period: 'term', show: 'count', by: 'sex', la: '999' }, manager, today))).toBe('/exclusions/trends?measure=pupils&show=count&period=term&by=sex&where=phase-Special&to=202526')
    expect(shown({ measure: 'permanent' }).trend.lines[0]?.counts[0]?.href).toBeUndefined()
    expect(shown({}, { mayOpenCases: false }).view.opens).toBe(false)
  })
  test('says of years before the first record that nothing was brought in, and draws no nought there', () => {
    const { trend, view } = shown({}, { firstRecordedYear: 202627 })
    expect(trend.lines[0]?.counts[0]).toEqual({ text: 'not recorded' })
    expect(view.chart.lines[0]?.points).toEqual([])
    expect(trend.notes.join(' ')).toContain('The first exclusion recorded here is of 2026/27')
  })
  test('draws what is hidden as no point at all', () => {
    expect(shown().view.chart.lines[0]?.points.length).toBe(1)
  })
  test('draws the four groups that end highest and tables all', () => {
    const series = ['7', '8', '9', '10', '11'].map((value, index) => ({ by: Breakdown.YEAR_GROUP, value, points: [{ academicYear: 202526, suspensions: { count: BigInt(index), rate: `${index}.00` } }] }))
    const { view } = shown({ by: 'year_group' }, { series: create(GetTrendResponseSchema, { series }).series })
    expect(view.chart.lines.map(({ name }) => name)).toEqual(['Year 8', 'Year 9', 'Year 10', 'Year 11'])
    expect(view.table.rows.length).toBe(5)
    expect(view.left).toContain('the table has all 5')
  })
})

describe('The cases behind a number', () => {
  const row = presentCase(
    create(TrendCaseSchema, { exclusionId: 'e1', reference: 'EX-1', urn: 900001, kind: 'SUSP', startDate: '2026-09-07', halfDays: 3, reasons: ['DB', 'ZZ'], importId: 'i', importRow: 1300n, importFile: 'autumn.csv', recordedAt: '2026-09-10T08:00:00Z' }),
    { pupils: new Map(), schools: names.schools, people: new Map(), reasons: names.reasons as never },
  )
  test('say line and file they came from', () => {
    expect(row).toMatchObject({ kind: 'Suspension', length: '1.5 school days', reasons: ['Disruptive behaviour', 'ZZ'], school: 'Millbrook', origin: 'autumn.csv, row 1,300' })
    expect(originWords({ importId: 'i', importFile: 'autumn.csv', importRow: 1300n, recordedAt: '2026-09-10T08:00:00Z' })).toBe('Row 1,300 of the file autumn.csv taken in on 10 September 2026 at 9:00am')
    expect(originWords({ importId: '', importFile: '', importRow: 0n, recordedAt: '2026-09-10T08:00:00Z', by: 'Amara Osei' })).toBe('Recorded on a page by Amara Osei on 10 September 2026 at 9:00am')
  })
  test('name the point, and lead to each exclusion and back to it', () => {
    const point = { question: readQuestion({ measure: 'pupils', by: 'sex' }, manager, today), year: 202627, term: SchoolTerm.AUTUMN, value: 'F' }
    const view = casesView({ rows: [row], total: 15n, point, names, placeName: 'Bedford', query: {}, paging: readPaging({}), nextToken: '50', here: '/exclusions/trends/cases?year=202627' })
    expect(view).toMatchObject({ title: 'Pupils suspended, Autumn 2026/27', facts: ['Bedford', 'Sex: Female'], total: '15 suspensions', backLink: { href: '/exclusions/trends?measure=pupils&by=sex' } })
    expect(view.table.rows[0]?.[0]?.html).toContain('/exclusions/e1?from=%2Fexclusions%2Ftrends%2Fcases%3Fyear%3D202627')
    expect(view.pagination?.next?.href).toContain('page=50')
  })
})
