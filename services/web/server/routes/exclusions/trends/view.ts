import { lineChart, mostLines, type Line } from '../../../charts/lines'
import { can, type Person } from '../../../auth/person'
import { select, type Option } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { href, type Query } from '../../../components/query'
import { link, number, text, type Cell } from '../../../components/tables'
import { measures, undivided, yearName } from '../../../text/trends'
import { exclusionTabs } from '../tabs'
import { offeredBreakdowns, offeredYears, type Question } from './form'
import { placeCode } from './place'
import type { Period, Shown, Trend, TrendLine } from './presenter'

export interface TrendPage {
  trend: Trend
  question: Question
  person: Person
  query: Query
  places: Option[]
  placeName: string
  today: string
}

const path = '/exclusions/trends'

function selects({ question, person, places, today }: TrendPage) {
  const breakdowns = offeredBreakdowns(person, question.place, question.byTerm)
  return [
    select('measure', 'Figure', measures.map(({ code, name }) => ({ value: code, text: name })), question.measure.code),
    select('show', 'Show as', [{ value: 'rate', text: 'Per 100 pupils' }, { value: 'count', text: 'Count' }], question.asRate ? 'rate' : 'count'),
    select('period', 'By', [{ value: 'year', text: 'Academic year' }, { value: 'term', text: 'Term' }], question.byTerm ? 'term' : 'year'),
    select('by', 'Divided by', [undivided, ...breakdowns].map(({ code, name }) => ({ value: code, text: name })), question.breakdown.code),
    select('where', 'Schools', places, placeCode(question.place)),
    select('to', 'Five years up to', offeredYears(today).map(year => ({ value: String(year), text: yearName(year) })), String(question.to)),
    ...(person.laCodes.length > 1 ? [select('la', 'Authority', person.laCodes.map(code => ({ value: String(code), text: String(code) })), String(question.laCode))] : []),
  ]
}

function figuresOf(line: TrendLine, { asRate }: Question): Shown[] {
  return asRate ? line.rates : line.counts
}

function toLine(line: TrendLine, question: Question): Line {
  const figures = figuresOf(line, question)
  return { name: line.name, values: figures.map(({ value }) => value), links: figures.map(one => one.href) }
}

function lastValue({ values }: Line): number {
  return values.findLast(value => value !== undefined) ?? -1
}

// Of many lines, those that end highest.
function highest(lines: Line[]): Line[] {
  const chosen = new Set(lines.toSorted((one, other) => lastValue(other) - lastValue(one)).slice(0, mostLines))
  return lines.filter(line => chosen.has(line))
}

function cell({ text: shown, href: target }: Shown, hidden: string): Cell {
  return target === undefined ? number(shown) : { ...link(target, shown, hidden), format: 'numeric' }
}

function periodHead({ label, unfinished }: Period): string {
  return unfinished ? `${label} so far` : label
}

// A row for each period, everything about it beside it.
function wholeTable({ trend, question }: TrendPage, caption: string) {
  const [line] = trend.lines
  const { measure, asRate } = question
  return {
    caption,
    captionClasses: 'govuk-visually-hidden',
    classes: 'app-trend',
    firstCellIsHeader: true,
    head: [text(question.byTerm ? 'Term' : 'Academic year'), number(measure.name), ...(asRate ? [number('Pupils on roll'), number('Per 100 pupils'), ...trend.published.map(({ name }) => number(name))] : [])],
    rows: trend.periods.map((period, index) => [
      text(periodHead(period)),
      cell(line?.counts[index] ?? { text: '' }, `${measure.many}, ${period.label}`),
      ...(asRate ? [number(line?.onRoll[index] ?? ''), number(line?.rates[index]?.text ?? ''), ...trend.published.map(({ rates }) => number(rates[index]?.text ?? ''))] : []),
    ]),
  }
}

// A row for each group, a column for each period.
function dividedTable({ trend, question }: TrendPage, caption: string) {
  return {
    caption,
    captionClasses: 'govuk-visually-hidden',
    classes: 'app-trend',
    firstCellIsHeader: true,
    head: [text(question.breakdown.name), ...trend.periods.map(period => number(periodHead(period)))],
    rows: trend.lines.map(line => [text(line.name), ...figuresOf(line, question).map((figure, index) => cell(figure, `${line.name}, ${trend.periods[index]?.label ?? ''}`))]),
  }
}

export function trendView(page: TrendPage) {
  const { trend, question, person, query, placeName } = page
  const whole = question.breakdown === undivided
  const unit = question.asRate ? `${question.measure.name} per 100 pupils` : question.measure.name
  const headline = whole ? unit : `${unit} by ${question.breakdown.name.toLowerCase()}`
  const own = trend.lines.map(line => toLine(line, question))
  const drawn = whole ? [...own.map(line => ({ ...line, name: placeName })), ...trend.published.map(({ name, rates }) => ({ name, values: rates.map(({ value }) => value) }))] : highest(own)
  const span = [trend.periods.at(0), trend.periods.at(-1)].map(period => period?.label ?? '')
  const soFar = trend.periods.at(-1)?.unfinished ? `; ${trend.periods.at(-1)?.label ?? ''} has not ended, its points are hollow` : ''
  return {
    ...pageView('Exclusions over the years'),
    tabs: exclusionTabs(person, 'trends'),
    path,
    selects: selects(page),
    filtered: Object.keys(query).length > 0,
    chart: lineChart({ title: headline, subtitle: `${placeName}, ${span.join(' to ')}${soFar}` }, trend.periods, drawn),
    left: own.length > drawn.length ? `The chart draws the ${mostLines} groups that end highest; the table has all ${own.length}.` : '',
    empty: trend.lines.length === 0,
    table: whole ? wholeTable(page, `${headline}, ${placeName}`) : dividedTable(page, `${headline}, ${placeName}`),
    opens: trend.lines.some(line => line.counts.some(figure => figure.href !== undefined)),
    hidden: trend.hidden,
    several: question.breakdown.code === 'reason',
    notes: trend.notes,
    download: can(person, 'exportFigures') ? href(`${path}/trends.csv`, query) : undefined,
  }
}
