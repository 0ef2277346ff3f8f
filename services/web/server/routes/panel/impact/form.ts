import { select } from '../../../components/forms'
import type { Query } from '../../../components/query'

export const parameters = ['period'] as const

// The academic year a day is in, by the year it starts in.
function yearOf(day: string): number {
  return Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0)
}

function yearName(start: number): string {
  return `${start}/${String((start + 1) % 100).padStart(2, '0')}`
}

// Days asked about; without a period since the start of the academic year before this one.
export function readPeriod(query: Query, today: string): { from: string; to: string } {
  const start = /^\d{4}$/.exec(query.period ?? '') ? Number(query.period) : undefined
  if (start === undefined || start > yearOf(today)) return { from: '', to: '' }
  const last = `${start + 1}-08-31`
  return { from: `${start}-09-01`, to: last < today ? last : today }
}

export function periodSelect(query: Query, today: string) {
  const current = yearOf(today)
  const years = [current, current - 1, current - 2].map(start => ({ value: String(start), text: yearName(start) }))
  return select('period', 'Period', [{ value: '', text: `${yearName(current - 1)} and ${yearName(current)} so far` }, ...years], query.period ?? '')
}
