import { Ending, ExclusionState, Kind, Session, type Exclusion, type ExclusionFacts, type Totals } from '../../gen/pathways/exclusions/v1/service_pb'
import { fullWeekday } from './dates'
import { count, plural } from './figures'
import type { Named } from './requests'

// Words for suspensions and permanent exclusions.

export interface KindWords {
  // As it stands in addresses and files.
  code: string
  text: string
}

const kinds: Record<Kind, KindWords> = {
  [Kind.UNSPECIFIED]: { code: '', text: 'Not chosen yet' },
  [Kind.SUSPENSION]: { code: 'suspension', text: 'Suspension' },
  [Kind.LUNCHTIME]: { code: 'lunchtime', text: 'Lunchtime suspension' },
  [Kind.PERMANENT]: { code: 'permanent', text: 'Permanent exclusion' },
}

export function kindWords(kind: Kind): KindWords {
  return kinds[kind] ?? kinds[Kind.UNSPECIFIED]
}

export const kindOptions: readonly { kind: Kind; words: KindWords }[] = [Kind.SUSPENSION, Kind.LUNCHTIME, Kind.PERMANENT].map(kind => ({ kind, words: kinds[kind] }))

const states: Record<ExclusionState, Named> = {
  [ExclusionState.UNSPECIFIED]: { code: '', text: 'Unknown', colour: 'grey' },
  [ExclusionState.RECORDED]: { code: 'recorded', text: 'Recorded', colour: 'blue' },
  [ExclusionState.CANCELLED]: { code: 'cancelled', text: 'Cancelled', colour: 'grey' },
  [ExclusionState.WITHDRAWN]: { code: 'withdrawn', text: 'Recorded by mistake', colour: 'grey' },
  [ExclusionState.REINSTATED]: { code: 'reinstated', text: 'Reinstated', colour: 'green' },
}

export function exclusionState(state: ExclusionState): Named {
  return states[state] ?? states[ExclusionState.UNSPECIFIED]
}

export const exclusionStateOptions: readonly { state: ExclusionState; named: Named }[] = [
  ExclusionState.RECORDED,
  ExclusionState.REINSTATED,
  ExclusionState.CANCELLED,
  ExclusionState.WITHDRAWN,
].map(state => ({ state, named: states[state] }))

// Half days as people say them: 11 is "5.5".
export function daysOf(halfDays: number): string {
  return halfDays % 2 === 0 ? count(halfDays / 2) : `${count(Math.floor(halfDays / 2))}.5`
}

// "5.5 school days", "1 school day"
export function schoolDays(halfDays: number): string {
  return `${daysOf(halfDays)} school ${halfDays === 2 ? 'day' : 'days'}`
}

export function sessionWord(session: Session): string {
  return session === Session.PM ? 'afternoon' : 'morning'
}

// "5.5 school days", "3 lunchtimes" or nothing for a permanent exclusion.
export function lengthOf({ kind, halfDays }: Pick<ExclusionFacts, 'kind' | 'halfDays'>): string {
  if (kind === Kind.PERMANENT || halfDays === 0) return ''
  return kind === Kind.LUNCHTIME ? plural(halfDays, 'lunchtime') : schoolDays(halfDays)
}

// "Monday 7 September to Monday 14 September 2026"; a permanent exclusion has no end: "from Monday 7 September 2026"
export function spanOf({ facts, endDate }: Pick<Exclusion, 'facts' | 'endDate'>): string {
  const start = facts?.startDate ?? ''
  if (facts?.kind === Kind.PERMANENT) return `from ${fullWeekday(start)}`
  return endDate === '' || endDate === start ? fullWeekday(start) : `${fullWeekday(start, endDate)} to ${fullWeekday(endDate)}`
}

// "Tuesday 15 September 2026, in the morning"
export function backWords({ backOn, backSession }: Pick<Exclusion, 'backOn' | 'backSession'>): string {
  return backOn === '' ? '' : `${fullWeekday(backOn)}, in the ${sessionWord(backSession)}`
}

export function elsewhere(totals: Totals): string {
  return totals.halfDaysElsewhere > 0 ? `, ${daysOf(totals.halfDaysElsewhere)} of them at another school` : ''
}

export const boardDecisions = [
  { value: 'decline', text: 'Decline to reinstate the pupil' },
  { value: 'reinstate', text: 'Reinstate the pupil' },
] as const

export const panelDecisions = [
  { value: 'uphold', text: 'Uphold the exclusion' },
  { value: 'recommend', text: 'Recommend that the board considers it again' },
  { value: 'quash', text: 'Quash it and direct the board to consider it again' },
] as const

export const deliveries = [
  { value: 'in_person', text: 'In person' },
  { value: 'delivered', text: 'Delivered by hand' },
  { value: 'email', text: 'By email' },
  { value: 'post', text: 'By post', hint: 'It counts as given on the second working day after posting' },
] as const

export function optionText(options: readonly { value: string; text: string }[], value: string): string {
  return options.find(option => option.value === value)?.text ?? value
}

export const endings = {
  cancel: { ending: Ending.CANCEL, state: ExclusionState.CANCELLED },
  withdraw: { ending: Ending.WITHDRAW, state: ExclusionState.WITHDRAWN },
} as const
