import type { PrefilledFact } from '../../../gen/pathways/referrals/v1/service_pb'
import { dateTime, longDay } from '../../text/dates'
import { count, percent } from '../../text/figures'
import { crossing, senProvision, yearGroup } from '../../text/words'

export interface Fact {
  label: string
  value: string
}

const yes = new Set(['true', 'yes', 'Y'])

function yesNo(value: string): string {
  return yes.has(value) ? 'Yes' : 'No'
}

const absences: Record<string, string> = { none: 'Neither persistent nor severe', persistent: 'Persistently absent', severe: 'Severely absent' }

// Facts that are told as they are, in this order.
const plain: Record<string, { label: string; show: (value: string) => string }> = {
  year_group: { label: 'Year group', show: yearGroup },
  sen_provision: { label: 'Special educational needs', show: senProvision },
  pupil_premium: { label: 'Pupil premium', show: yesNo },
  looked_after: { label: 'Looked after', show: yesNo },
  proposal_kind: { label: 'Proposal', show: crossing },
  proposal_day: { label: 'Proposed since the school day', show: day => longDay(day) || day },
}

// Facts that are told together with others.
const together = ['sessions_possible', 'sessions_attended', 'sessions_absent', 'sessions_authorised', 'sessions_unauthorised', 'absence', 'absence_since']

function sessions(values: Map<string, string>): Fact[] {
  const possible = Number(values.get('sessions_possible'))
  if (possible === 0) return []
  const share = (part: string) => `${count(Number(values.get(part) ?? 0))} of ${count(possible)} possible (${percent(Number(values.get(part) ?? 0), possible)})`
  return [
    { label: 'Sessions missed', value: share('sessions_absent') },
    { label: 'Of these, unauthorised', value: count(Number(values.get('sessions_unauthorised') ?? 0)) },
  ]
}

function absence(values: Map<string, string>): Fact[] {
  const state = values.get('absence') ?? ''
  if (state === '') return []
  const since = longDay(values.get('absence_since') ?? '')
  return [{ label: 'Absence this academic year', value: [absences[state] ?? state, since && `since ${since}`].filter(Boolean).join(' ') }]
}

const unknown = 'Not known when this was started'

// What Pathways put into a draft. An empty value is a fact that could not be had then, and it is said so.
export function presentFacts(prefilled: readonly PrefilledFact[]): { facts: Fact[]; asOf: string } {
  const values = new Map(prefilled.map(({ key, value }) => [key, value]))
  const facts = prefilled
    .filter(({ key }) => !together.includes(key))
    .map(({ key, value }) => ({ label: plain[key]?.label ?? key.replaceAll('_', ' '), value: value === '' ? unknown : (plain[key]?.show(value) ?? value) }))
  if (values.get('sessions_possible') === '') facts.push({ label: 'Attendance', value: unknown })
  return { facts: [...facts, ...sessions(values), ...absence(values)], asOf: dateTime(prefilled[0]?.knownAt ?? '') }
}
