import { scaleBand, scaleLinear } from 'd3-scale'
import { stack } from 'd3-shape'
import { number, text } from '../components/tables'
import { brief, longDay } from '../text/dates'
import { absent, count, percent, type Sums } from '../text/figures'

// Chart of absence by week: stacked bars of authorised and unauthorised absence as a share of possible sessions.
// After the Government Analysis Function's rules: a headline title, a statistical subtitle, few light gridlines, horizontal
// text, a pattern besides colour, and the same figures as a table. Colours: the Analysis Function's duo.

export interface Week {
  monday: string
  sessions?: Sums
}

const width = 720
const height = 300
const margin = { top: 12, right: 48, bottom: 32, left: 48 }
const right = width - margin.right

type Series = 'authorised' | 'unauthorised'

interface Point {
  monday: string
  authorised: number
  unauthorised: number
}

function toPoint({ monday, sessions }: Week): Point {
  const possible = Number(sessions?.possible ?? 0n)
  const share = (part: bigint) => (possible === 0 ? 0 : (Number(part) * 100) / possible)
  return { monday, authorised: share(sessions?.authorised ?? 0n), unauthorised: share(sessions?.unauthorised ?? 0n) }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

export function weeklyAbsenceChart(id: string, subject: string, weeks: readonly Week[]) {
  const points = weeks.map(toPoint)
  const most = Math.max(10, ...points.map(point => point.authorised + point.unauthorised))
  const x = scaleBand(points.map(point => point.monday), [margin.left, right]).paddingInner(0.25)
  const y = scaleLinear([0, most], [height - margin.bottom, margin.top]).nice(5)
  const fills: Record<Series, string> = { authorised: '#12436D', unauthorised: `url(#${id}-hatch)` }
  const layers = stack<Point, Series>().keys(['authorised', 'unauthorised'])(points)
  return {
    id,
    width,
    height,
    left: margin.left,
    right,
    title: `Absence of ${subject} by week`,
    subtitle: 'Percentage of possible sessions missed, weeks named by their Monday',
    description: describe(weeks),
    gridlines: y.ticks(5).map(value => ({ y: round(y(value)), text: `${value}%` })),
    bars: layers.flatMap(layer =>
      layer
        .filter(([from, to]) => to > from)
        .map(bar => ({
          x: round(x(bar.data.monday) ?? 0),
          y: round(y(bar[1])),
          width: round(x.bandwidth()),
          height: round(y(bar[0]) - y(bar[1])),
          fill: fills[layer.key],
        })),
    ),
    labels: spaced(points).map(point => ({ x: round((x(point.monday) ?? 0) + x.bandwidth() / 2), text: brief(point.monday) })),
    threshold: { y: round(y(10)), text: '10%', legend: '10%, where persistent absence begins' },
    legend: [
      { text: 'Authorised absence', fill: fills.authorised },
      { text: 'Unauthorised absence (striped)', fill: fills.unauthorised },
    ],
    table: table(weeks),
  }
}

// At most 10 labels, evenly spaced, so that they never touch.
function spaced(points: Point[]): Point[] {
  const step = Math.max(1, Math.ceil(points.length / 10))
  return points.filter((_, index) => index % step === 0)
}

function describe(weeks: readonly Week[]): string {
  const rates = weeks.filter(week => week.sessions && week.sessions.possible > 0n)
  const first = rates.at(0)
  const last = rates.at(-1)
  if (!first?.sessions || !last?.sessions) return 'No sessions yet.'
  const say = ({ monday, sessions }: Week) => (sessions ? `${percent(absent(sessions), sessions.possible)} in the week of ${longDay(monday)}` : '')
  return `Bar chart of ${rates.length} weeks, from ${say(first)} to ${say(last)}. All figures are in the table below.`
}

function table(weeks: readonly Week[]) {
  return {
    caption: 'Absence by week',
    captionClasses: 'govuk-visually-hidden',
    head: [{ text: 'Week of' }, ...['Possible', 'Authorised', 'Unauthorised', 'Absence'].map(number)],
    rows: weeks.map(({ monday, sessions }) => [
      text(longDay(monday)),
      number(count(sessions?.possible ?? 0n)),
      number(count(sessions?.authorised ?? 0n)),
      number(count(sessions?.unauthorised ?? 0n)),
      number(sessions ? percent(absent(sessions), sessions.possible) : 'not applicable'),
    ]),
  }
}
