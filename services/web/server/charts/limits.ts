import { scaleLinear } from 'd3-scale'
import { daysOf, schoolDays } from '../text/exclusions'

// A bar of school days against the limits of the law: what was there before, what this exclusion adds, and lines where a
// limit is. Everything it shows is said in words too.

export interface Limit {
  // In school days: the limit is passed by more than this.
  days: number
  // What passing it means.
  means: string
}

export const termLimits: readonly Limit[] = [
  { days: 5, means: 'more than 5: the governing board is told, and meets if parents ask' },
  { days: 15, means: 'more than 15: the governing board must meet' },
]
export const yearLimits: readonly Limit[] = [{ days: 45, means: 'no more than 45 are lawful' }]

const width = 320
const height = 72
const margin = { left: 2, right: 14 }
const bar = { y: 8, height: 28 }

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function passed(halfDays: number, limits: readonly Limit[]): string {
  const over = limits.filter(({ days }) => halfDays > days * 2).at(-1)
  return over ? `This is ${over.means}.` : `This passes no limit: the ${limits.length > 1 ? 'first is' : 'limit is'} ${limits[0]?.days ?? 0}.`
}

// `before` and `after` in half days; where `before` is not known, the whole bar is one piece.
export function limitBar(id: string, title: string, before: number | undefined, after: number, limits: readonly Limit[]) {
  const most = Math.max(after / 2, ...limits.map(({ days }) => days))
  const x = scaleLinear([0, most], [margin.left, width - margin.right])
  const earlier = (before ?? 0) / 2
  const piece = (from: number, to: number, fill: string) => ({ x: round(x(from)), width: round(x(to) - x(from)), fill })
  const adds = before === undefined || before < after
  const said = before === undefined || !adds ? `${schoolDays(after)}${adds ? '' : '; this one adds none'}` : `${before === 0 ? 'None' : daysOf(before)} before, ${schoolDays(after)} with this one`
  return {
    id,
    title,
    width,
    height,
    bar,
    track: piece(0, most, '#e8e8e8'),
    pieces: [piece(0, earlier, '#12436D'), piece(earlier, after / 2, before === undefined ? '#12436D' : `url(#${id}-hatch)`)].filter(one => one.width > 0),
    limits: limits.map(({ days }) => ({ x: round(x(days)), text: String(days) })),
    said,
    passed: passed(after, limits),
    over: limits.some(({ days }) => after > days * 2),
  }
}

export type LimitBar = ReturnType<typeof limitBar>
