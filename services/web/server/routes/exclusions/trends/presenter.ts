import { PublishedPlace, type PublishedSeries } from '../../../../gen/pathways/exclusions/v1/published_pb'
import { HeadcountBasis, type GetTrendResponse, type TrendFigure, type TrendPoint, type TrendSeries, type YearBasis } from '../../../../gen/pathways/exclusions/v1/trends_pb'
import { href } from '../../../components/query'
import { longDay } from '../../../text/dates'
import { count, listed } from '../../../text/figures'
import { periodName, symbolWords, undivided, valueName, yearName, type ValueNames } from '../../../text/trends'
import type { Question } from './form'

export interface Period {
  label: string
  unfinished: boolean
}

// One number of a line, as it is shown, drawn and opened.
export interface Shown {
  text: string
  value?: number
  href?: string
}

export interface TrendLine {
  name: string
  rates: Shown[]
  counts: Shown[]
  onRoll: string[]
}

export interface PublishedLine {
  name: string
  rates: Shown[]
}

export interface Trend {
  periods: Period[]
  lines: TrendLine[]
  published: PublishedLine[]
  notes: string[]
  hidden: boolean
}

const hidden = 'hidden'

function rate({ rate: value, suppressed }: TrendFigure, { headcountSuppressed }: TrendPoint): Shown {
  if (suppressed || headcountSuppressed) return { text: hidden }
  return value === '' ? { text: 'no rate' } : { text: value, value: Number(value) }
}

function counted({ count: value, suppressed }: TrendFigure): Shown {
  return suppressed ? { text: hidden } : { text: count(value), value: Number(value) }
}

// The cases behind a point; nothing behind nought.
function casesHref({ address }: Question, value: string, { academicYear, term }: TrendPoint): string {
  return href('/exclusions/trends/cases', { ...address, year: String(academicYear), term: term === 0 ? undefined : String(term), value })
}

// Whether anything was brought in for that year: a nought before is none.
function isRecorded({ academicYear }: TrendPoint, { firstRecordedYear }: GetTrendResponse): boolean {
  return firstRecordedYear !== 0 && academicYear >= firstRecordedYear
}

const notRecorded: Shown = { text: 'not recorded' }

function presentLine(series: TrendSeries, question: Question, names: ValueNames, response: GetTrendResponse): TrendLine {
  const figures = series.points.map(point => {
    const figure = question.measure.of(point)
    if (!figure || !isRecorded(point, response)) return { rate: notRecorded, count: notRecorded }
    const behind = response.mayOpenCases && figure.count > 0n ? casesHref(question, series.value, point) : undefined
    return { rate: { ...rate(figure, point), href: behind }, count: { ...counted(figure), href: behind } }
  })
  return {
    name: question.breakdown === undivided ? question.measure.name : valueName(series.by, series.value, names),
    rates: figures.map(one => one.rate),
    counts: figures.map(one => one.count),
    onRoll: series.points.map(point => (point.headcountSuppressed ? hidden : point.headcount === 0n ? 'not known' : count(point.headcount))),
  }
}

function publishedName({ place }: PublishedSeries): string {
  return place === PublishedPlace.NEIGHBOURS ? 'Statistical neighbours' : 'England'
}

function presentPublished(series: PublishedSeries, { measure }: Question): PublishedLine | undefined {
  const { published } = measure
  if (!published) return undefined
  const rates = series.points.map(point => {
    const value = published(point)
    if (!value || value.rate === '') return { text: symbolWords(value?.symbol ?? '') }
    const partial = series.place === PublishedPlace.NEIGHBOURS && value.authorities < series.authorities
    return { text: partial ? `${value.rate} (of ${value.authorities})` : value.rate, value: Number(value.rate) }
  })
  return { name: publishedName(series), rates }
}

function headcountNotes(headcounts: readonly YearBasis[]): string[] {
  const without = headcounts.filter(({ countedOn }) => countedOn === '').map(({ academicYear }) => yearName(academicYear))
  const today = headcounts.find(({ basis }) => basis === HeadcountBasis.TODAY)
  return [
    'Rates are for every 100 pupils on roll on the day of the spring census of that year (the third Thursday in January), single and main registrations, as the Department computes them. Rates of a term are of the same pupils.',
    ...(today ? [`The census of ${yearName(today.academicYear)} is still to come: its rates are of the pupils on roll on ${longDay(today.countedOn)} and will change with it.`] : []),
    ...(without.length > 0 ? [`No roll is known for ${listed(without)}: there are counts and no rates.`] : []),
  ]
}

function phaseWords({ educationPhase }: PublishedSeries): string {
  return educationPhase === '' ? 'all state-funded schools' : `schools of the phase “${educationPhase}”`
}

function recordedNotes({ firstRecordedYear, series }: GetTrendResponse): string[] {
  const [first] = series[0]?.points ?? []
  if (!first || firstRecordedYear === 0 || first.academicYear >= firstRecordedYear) return []
  return [`The first exclusion recorded here is of ${yearName(firstRecordedYear)}: of earlier years nothing was brought in.`]
}

function publishedNotes(published: readonly PublishedSeries[], lines: readonly PublishedLine[]): string[] {
  const [first] = published
  if (!first || lines.length === 0) return []
  const sources = [...new Set(published.flatMap(series => series.sources))]
  const neighbours = published.find(({ place }) => place === PublishedPlace.NEIGHBOURS)
  return [
    `Published rates are of ${phaseWords(first)}. Source: ${listed(sources)}.`,
    ...(neighbours ? [`Of the ${count(neighbours.authorities)} statistical neighbours it is the plain mean of their published rates; where some published none, “of” says how many it is the mean of.`] : []),
  ]
}

export function presentTrend(response: GetTrendResponse, question: Question, names: ValueNames): Trend {
  const whole = question.breakdown === undivided
  const published = question.asRate && whole ? response.published.flatMap(series => presentPublished(series, question) ?? []) : []
  const [first] = response.series
  return {
    periods: (first?.points ?? []).map(({ academicYear, term, unfinished }) => ({ label: periodName(academicYear, term), unfinished })),
    lines: response.series.map(series => presentLine(series, question, names, response)),
    published,
    notes: [question.measure.definition, ...recordedNotes(response), ...(question.asRate ? headcountNotes(response.headcounts) : []), ...publishedNotes(response.published, published)],
    hidden: response.suppressionApplies,
  }
}
