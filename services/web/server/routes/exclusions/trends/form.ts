import type { Person } from '../../../auth/person'
import type { Query } from '../../../components/query'
import { breakdownOf, breakdowns, measureOf, undivided, yearOf, yearsBefore, type BreakdownWords, type Measure } from '../../../text/trends'
import { readPlace, worksWith, type Place } from './place'

export const parameters = ['measure', 'show', 'period', 'by', 'where', 'to', 'la'] as const

// What the filters in the address ask for.
export interface Question {
  measure: Measure
  asRate: boolean
  byTerm: boolean
  breakdown: BreakdownWords
  place: Place
  // Last academic year, such as 202627; four more before it.
  to: number
  laCode: number
}

const years = 5

// By what figures of this place are divided, as this person may see them.
export function offeredBreakdowns(person: Person, place: Place, byTerm: boolean): readonly BreakdownWords[] {
  const works = worksWith(person, place)
  if (!works && byTerm) return []
  return breakdowns.filter(({ code }) => {
    if (code === 'school') return works && place.kind !== 'school'
    return code === 'locality' || code === 'phase' ? place.kind === 'authority' : true
  })
}

export function offeredYears(today: string): number[] {
  return Array.from({ length: years }, (_, index) => yearsBefore(yearOf(today), index))
}

// A breakdown that is not offered here is left out: the figures are shown undivided.
export function readQuestion(query: Query, person: Person, today: string): Question {
  const place = readPlace(query.where, person)
  const byTerm = query.period === 'term'
  const breakdown = breakdownOf(query.by)
  const to = Number(query.to)
  return {
    measure: measureOf(query.measure),
    asRate: query.show !== 'count',
    byTerm,
    breakdown: offeredBreakdowns(person, place, byTerm).includes(breakdown) ? breakdown : undivided,
    place,
    to: offeredYears(today).includes(to) ? to : yearOf(today),
    laCode: person.laCodes.find(code => String(code) === query.la) ?? person.laCodes[0] ?? 0,
  }
}

export function fromYear({ to }: Question): number {
  return yearsBefore(to, years - 1)
}
