import type { PublishedPoint, PublishedRate } from '../../gen/pathways/exclusions/v1/published_pb'
import { Breakdown, SchoolTerm, TrendMeasure, type TrendFigure, type TrendPoint } from '../../gen/pathways/exclusions/v1/trends_pb'
import { sex, senProvision, yearGroup } from './words'

// Words for figures over the years.

export interface Measure {
  // As it stands in addresses.
  code: string
  name: string
  // As a unit: "suspensions per 100 pupils".
  unit: string
  // "1 suspension", "2 suspensions"
  one: string
  many: string
  definition: string
  cases: TrendMeasure
  of(point: TrendPoint): TrendFigure | undefined
  // What the Department publishes of it; nothing for a measure of our own.
  published?(point: PublishedPoint): PublishedRate | undefined
}

export const measures: readonly [Measure, ...Measure[]] = [
  {
    code: 'suspensions',
    name: 'Suspensions',
    unit: 'suspensions',
    one: 'suspension',
    many: 'suspensions',
    definition: 'Suspensions that began in the period, lunchtimes among them. A pupil suspended twice counts twice, so there can be more than 100 for 100 pupils.',
    cases: TrendMeasure.SUSPENSIONS,
    of: point => point.suspensions,
    published: point => point.suspensions,
  },
  {
    code: 'pupils',
    name: 'Pupils suspended',
    unit: 'pupils suspended at least once',
    one: 'pupil',
    many: 'pupils',
    definition: 'Pupils with one or more suspension that began in the period, each counted once.',
    cases: TrendMeasure.SUSPENSIONS,
    of: point => point.pupilsSuspended,
    published: point => point.pupilsSuspended,
  },
  {
    code: 'sessions',
    name: 'Sessions lost',
    unit: 'sessions lost to suspension',
    one: 'session',
    many: 'sessions',
    definition: 'Half days of the suspensions that began in the period, also those served after its end. The Department publishes no figure like it.',
    cases: TrendMeasure.SUSPENSIONS,
    of: point => point.halfDaysLost,
  },
  {
    code: 'permanent',
    name: 'Permanent exclusions',
    unit: 'permanent exclusions',
    one: 'permanent exclusion',
    many: 'permanent exclusions',
    definition: 'Permanent exclusions that took effect in the period: not those cancelled, or reinstated by the governing board or after a review.',
    cases: TrendMeasure.PERMANENT_EXCLUSIONS,
    of: point => point.permanentExclusions,
    published: point => point.permanentExclusions,
  },
]

export function measureOf(code: string | undefined): Measure {
  return measures.find(measure => measure.code === code) ?? measures[0]
}

export interface BreakdownWords {
  code: string
  by: Breakdown
  name: string
}

export const undivided: BreakdownWords = { code: '', by: Breakdown.TOTAL, name: 'Not divided' }

export const breakdowns: readonly BreakdownWords[] = [
  { code: 'school', by: Breakdown.SCHOOL, name: 'School' },
  { code: 'locality', by: Breakdown.LOCALITY, name: 'Locality' },
  { code: 'phase', by: Breakdown.PHASE, name: 'Phase' },
  { code: 'year_group', by: Breakdown.YEAR_GROUP, name: 'Year group' },
  { code: 'sen_provision', by: Breakdown.SEN_PROVISION, name: 'Special educational needs' },
  { code: 'disadvantaged', by: Breakdown.DISADVANTAGED, name: 'Disadvantage' },
  { code: 'sex', by: Breakdown.SEX, name: 'Sex' },
  { code: 'looked_after', by: Breakdown.LOOKED_AFTER, name: 'Looked after' },
  { code: 'reason', by: Breakdown.REASON, name: 'Reason' },
]

export function breakdownOf(code: string | undefined): BreakdownWords {
  return breakdowns.find(breakdown => breakdown.code === code) ?? undivided
}

export interface ValueNames {
  schools: Map<number, string>
  reasons: readonly { code: string; name: string }[]
}

const yes: Partial<Record<Breakdown, string>> = { [Breakdown.DISADVANTAGED]: 'Disadvantaged (pupil premium)', [Breakdown.LOOKED_AFTER]: 'Looked after' }
const no: Partial<Record<Breakdown, string>> = { [Breakdown.DISADVANTAGED]: 'Not disadvantaged', [Breakdown.LOOKED_AFTER]: 'Not looked after' }

// The value of a breakdown as people say it.
export function valueName(by: Breakdown, value: string, { schools, reasons }: ValueNames): string {
  if (by === Breakdown.SCHOOL) return schools.get(Number(value)) ?? `School ${value}`
  if (value === '') return by === Breakdown.LOCALITY ? 'Schools of no locality' : 'Not known'
  if (by === Breakdown.YEAR_GROUP) return yearGroup(value)
  if (by === Breakdown.SEN_PROVISION) return senProvision(value)
  if (by === Breakdown.SEX) return sex(value)
  if (by === Breakdown.REASON) return reasons.find(({ code }) => code === value)?.name ?? value
  return (value === 'Y' ? yes[by] : value === 'N' ? no[by] : undefined) ?? value
}

// 202627 as "2026/27".
export function yearName(code: number): string {
  return `${Math.floor(code / 100)}/${String(code % 100).padStart(2, '0')}`
}

// The academic year a day is in, such as 202627.
export function yearOf(day: string): number {
  const start = Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0)
  return start * 100 + ((start + 1) % 100)
}

export function yearsBefore(code: number, years: number): number {
  const start = Math.floor(code / 100) - years
  return start * 100 + ((start + 1) % 100)
}

const terms: Record<SchoolTerm, string> = {
  [SchoolTerm.UNSPECIFIED]: '',
  [SchoolTerm.AUTUMN]: 'Autumn',
  [SchoolTerm.SPRING]: 'Spring',
  [SchoolTerm.SUMMER]: 'Summer',
}

// "2026/27" or "Autumn 2026/27"
export function periodName(year: number, term: SchoolTerm): string {
  return [terms[term], yearName(year)].filter(Boolean).join(' ')
}

const symbols: Record<string, string> = {
  z: 'not applicable',
  x: 'not available',
  c: 'suppressed',
  low: 'nearly none',
  k: 'nearly none',
  u: 'not reliable',
}

// Why there is no published figure, in words.
export function symbolWords(symbol: string): string {
  return symbol === '' ? 'not published' : (symbols[symbol] ?? symbol)
}
