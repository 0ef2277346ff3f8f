import { scaleLinear, scalePoint } from 'd3-scale'
import { line, symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle, type SymbolType } from 'd3-shape'

// Chart of a few lines over years or terms. After the Government Analysis Function's rules: a headline title, a statistical
// subtitle, an axis from nought, few light gridlines, horizontal text, lines named beside their end, and a dash and a marker
// besides the colour. Colours: the Analysis Function's categorical palette.

export interface Line {
  name: string
  // One for each period; undefined where there is no number.
  values: (number | undefined)[]
  // Where a point leads, for those it leads anywhere.
  links?: (string | undefined)[]
}

export interface Axis {
  label: string
  // It has not ended: its points are hollow.
  unfinished: boolean
}

export interface ChartWords {
  title: string
  subtitle: string
}

// More are not told apart at a glance.
export const mostLines = 4

const width = 760
const height = 340
const margin = { top: 14, right: 210, bottom: 44, left: 52 }
const right = width - margin.right
const lineHeight = 17

interface Style {
  stroke: string
  dash: string
  marker: SymbolType
}

const plain: Style = { stroke: '#12436D', dash: '', marker: symbolCircle }
const styles: readonly Style[] = [
  plain,
  { stroke: '#F46A25', dash: '8 4', marker: symbolSquare },
  { stroke: '#28A197', dash: '2 4', marker: symbolTriangle },
  { stroke: '#801650', dash: '12 4 2 4', marker: symbolDiamond },
]

function round(value: number): number {
  return Math.round(value * 10) / 10
}

// At most three lines of about as many characters as fit beside the chart.
export function wrapped(name: string, most = 28): string[] {
  const lines: string[] = []
  for (const word of name.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && `${last} ${word}`.length <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.length <= 3 ? lines : [...lines.slice(0, 2), `${lines[2] ?? ''} …`]
}

interface Label {
  y: number
  lines: string[]
}

// Names beside the ends of their lines, moved apart so that none lies on another.
function spread(labels: Label[]): Label[] {
  let next = margin.top
  const placed = labels
    .toSorted((one, other) => one.y - other.y)
    .map(label => {
      const y = Math.max(label.y, next)
      next = y + label.lines.length * lineHeight + 4
      return Object.assign(label, { y })
    })
  const over = next - (height - margin.bottom + lineHeight)
  if (over > 0) for (const label of placed) label.y -= over
  return labels
}

// At most 8 labels, the last among them, so that they never touch.
function spaced(count: number): (index: number) => boolean {
  const step = Math.max(1, Math.ceil(count / 8))
  return index => (count - 1 - index) % step === 0
}

function describe(periods: readonly Axis[], lines: readonly Line[]): string {
  const told = lines.map(({ name, values }) => {
    const known = values.flatMap((value, index) => (value === undefined ? [] : [`${value} in ${periods[index]?.label ?? ''}`]))
    if (known.length === 0) return `${name}: no number.`
    return known.length === 1 ? `${name}: ${known[0] ?? ''}.` : `${name}: from ${known[0] ?? ''} to ${known.at(-1) ?? ''}.`
  })
  return [`Line chart of ${periods.length} periods.`, ...told, 'All figures are in the table below.'].join(' ')
}

export function lineChart({ title, subtitle }: ChartWords, periods: readonly Axis[], lines: readonly Line[]) {
  const drawn = lines.slice(0, mostLines)
  const values = drawn.flatMap(one => one.values.filter(value => value !== undefined))
  const x = scalePoint(periods.map((_, index) => index), [margin.left, right]).padding(0.25)
  const y = scaleLinear([0, Math.max(...values, 0) || 1], [height - margin.bottom, margin.top]).nice(5)
  const at = (index: number) => round(x(index) ?? 0)
  const path = line<number | undefined>()
    .defined(value => value !== undefined)
    .x((_, index) => at(index))
    .y(value => round(y(value ?? 0)))
  const shows = spaced(periods.length)
  const labels = spread(
    drawn.map(one => {
      const last = one.values.findLast(value => value !== undefined)
      const written = wrapped(one.name)
      return { y: round((last === undefined ? margin.top : y(last)) - ((written.length - 1) * lineHeight) / 2), lines: written }
    }),
  )
  return {
    title,
    subtitle,
    width,
    height,
    left: margin.left,
    right,
    lineHeight,
    empty: values.length === 0,
    description: describe(periods, drawn),
    gridlines: y.ticks(5).map(value => ({ y: round(y(value)), text: y.tickFormat(5)(value) })),
    labels: periods.flatMap(({ label }, index) => (shows(index) ? [{ x: at(index), words: label.split(' ') }] : [])),
    lines: drawn.map((one, index) => {
      const { stroke, dash, marker } = styles[index] ?? plain
      const last = one.values.findLastIndex(value => value !== undefined)
      return {
        name: one.name,
        path: path(one.values) ?? '',
        stroke,
        dash,
        shape: symbol(marker, 72)() ?? '',
        label: { y: labels[index]?.y ?? 0, lines: labels[index]?.lines ?? [], x: right + 26, from: last < 0 ? undefined : { x: at(last), y: round(y(one.values[last] ?? 0)) } },
        points: one.values.flatMap((value, place) => {
          const period = periods[place]
          if (value === undefined || !period) return []
          return [{ x: at(place), y: round(y(value)), hollow: period.unfinished, href: one.links?.[place], text: `${one.name}, ${period.label}: ${value}` }]
        }),
      }
    }),
  }
}

export type LineChart = ReturnType<typeof lineChart>
