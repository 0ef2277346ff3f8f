import { scaleLinear } from 'd3-scale'

// Chart of ranges, one below the other: a point, the range around it, and a mark to hold it against. After the Government
// Analysis Function's rules: a headline title, a statistical subtitle, few light gridlines, horizontal text, shape besides colour,
// and the same figures as a table.

export interface Range {
  name: string
  // What is written at the end of its line, such as "24 (8 to 61)".
  words: string
  middle: number
  low: number
  high: number
  // To hold it against; drawn as an upright line.
  mark?: number
}

export interface RangeWords {
  title: string
  subtitle: string
  unit: string
  // Names of the signs, for the key.
  pointName: string
  rangeName?: string
  markName?: string
  // A line through all rows, such as "no difference".
  nought?: string
}

const width = 720
const rowHeight = 48
const margin = { top: 10, right: 20, bottom: 30, left: 12 }

function round(value: number): number {
  return Math.round(value * 10) / 10
}

// Rows that can be told apart at a glance; the table has all.
export const mostRanges = 16

export function rangeChart(id: string, words: RangeWords, all: readonly Range[]) {
  const ranges = all.slice(0, mostRanges)
  const ends = ranges.flatMap(({ low, high, middle, mark }) => [low, high, middle, ...(mark === undefined ? [] : [mark])])
  const x = scaleLinear([Math.min(0, ...ends), Math.max(1, ...ends)], [margin.left, width - margin.right]).nice(6)
  const height = margin.top + ranges.length * rowHeight + margin.bottom
  return {
    id,
    ...words,
    width,
    height,
    top: margin.top,
    foot: height - margin.bottom,
    description: `${words.title}. ${ranges.map(({ name, words: said }) => `${name}: ${said}`).join('; ')}.`,
    gridlines: x.ticks(6).map(value => ({ x: round(x(value)), text: `${value}${words.unit}` })),
    noughtX: words.nought === undefined ? undefined : round(x(0)),
    rows: ranges.map((one, index) => ({
      name: one.name,
      words: one.words,
      textY: margin.top + index * rowHeight + 16,
      y: margin.top + index * rowHeight + 32,
      low: round(x(one.low)),
      high: round(x(one.high)),
      middle: round(x(one.middle)),
      mark: one.mark === undefined ? undefined : round(x(one.mark)),
    })),
    left: all.length - ranges.length,
  }
}
