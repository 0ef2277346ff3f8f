import type { Person } from '../../../auth/person'
import { href, type Query } from '../../../components/query'
import { breakdownOf, breakdowns, measureOf, undivided, yearOf, yearsBefore, type BreakdownWords, type Measure } from '../../../text/trends'
import { placeCode, readPlace, usualPlace, worksWith, type Place } from './place'

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
  // What of it is another than the usual of this person, as it stands in an address.
  address: Record<string, string | undefined>
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
  const asked = breakdownOf(query.by)
  const chosen = {
    measure: measureOf(query.measure),
    asRate: query.show !== 'count',
    byTerm,
    breakdown: offeredBreakdowns(person, place, byTerm).includes(asked) ? asked : undivided,
    place,
    to: offeredYears(today).find(year => String(year) === query.to) ?? yearOf(today),
    laCode: person.laCodes.find(code => String(code) === query.la) ?? person.laCodes[0] ?? 0,
  }
  return { ...chosen, address: addressOf(chosen, person, today) }
}

// Short: it stands in every cell of a table.
function addressOf({ measure, asRate, byTerm, breakdown, place, to, laCode }: Omit<Question, 'address'>, person: Person, today: string): Question['address'] {
  const unusual = (value: string, usual: string) => (value === usual ? undefined : value)
  return {
    measure: unusual(measure.code, measureOf(undefined).code),
    show: asRate ? undefined : 'count',
    period: byTerm ? 'term' : undefined,
    by: breakdown.code,
    where: unusual(placeCode(place), placeCode(usualPlace(person))),
    to: unusual(String(to), String(yearOf(today))),
    la: unusual(String(laCode), String(person.laCodes[0] ?? 0)),
  }
}

export function trendsHref({ address }: Question): string {
  return href('/exclusions/trends', address)
}

export function fromYear({ to }: Question): number {
  return yearsBefore(to, years - 1)
}
