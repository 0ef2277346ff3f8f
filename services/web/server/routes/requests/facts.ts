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

const known: Record<string, { label: string; show: (value: string) => string }> = {
  year_group: { label: 'Year group', show: yearGroup },
  sen_provision: { label: 'Special educational needs', show: senProvision },
  pupil_premium: { label: 'Pupil premium', show: yesNo },
  looked_after: { label: 'Looked after', show: yesNo },
  proposal_kind: { label: 'Proposal', show: crossing },
  proposal_day: { label: 'Since the school day', show: day => longDay(day) || day },
}

const sessions = new Set(['sessions_possible', 'sessions_absent', 'sessions_unauthorised'])

// The facts Pathways put into a draft, with the sessions told as one figure.
export function presentFacts(facts: readonly PrefilledFact[]): { facts: Fact[]; asOf: string } {
  const values = new Map(facts.map(({ key, value }) => [key, value]))
  const shown = facts
    .filter(({ key, value }) => !sessions.has(key) && value !== '')
    .map(({ key, value }) => ({ label: known[key]?.label ?? key.replaceAll('_', ' '), value: known[key]?.show(value) ?? value }))
  const possible = Number(values.get('sessions_possible'))
  if (values.has('sessions_possible') && possible > 0) {
    const missed = Number(values.get('sessions_absent') ?? 0)
    shown.push({ label: 'Sessions missed', value: `${count(missed)} of ${count(possible)} possible (${percent(missed, possible)})` })
    const unauthorised = values.get('sessions_unauthorised')
    if (unauthorised !== undefined) shown.push({ label: 'Of these, unauthorised', value: unauthorised })
  }
  return { facts: shown, asOf: dateTime(facts[0]?.knownAt ?? '') }
}
