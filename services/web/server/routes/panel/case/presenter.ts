import type { Action, Decision, PanelCase, Placement, PrefilledFact } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Labelled } from '../../../components/summary'
import { askedFor } from '../../../panelForm/options'
import { dateTime, fullWeekday, longDay } from '../../../text/dates'
import { agencies, decisionKind, decisionStates, decisionWays, missingThings, named, originName, phaseName, placementState } from '../../../text/panel'
import { capital, senProvision, yearGroup } from '../../../text/words'
import { dueWords } from '../cases/presenter'

export interface CaseNames {
  people: Map<string, string>
  schools: Map<number, string>
}

function told(facts: Labelled[]): Labelled[] {
  return facts.filter(({ value }) => value !== '')
}

function by(people: Map<string, string>, id: string): string {
  return id === '' ? 'Pathways' : (people.get(id) ?? 'a colleague')
}

export function presentCaseFacts(found: PanelCase, { people, schools }: CaseNames, today: string): Labelled[] {
  return told([
    { label: 'School', value: schools.get(found.urn) ?? '' },
    { label: 'Panel', value: phaseName(found.phase) },
    { label: 'How it came', value: originName(found.origin) },
    { label: 'Day six', value: dueWords(found, today) },
    { label: 'Asked for', value: found.askedFor ? named(askedFor, found.askedFor) : '' },
    { label: 'Sitting', value: longDay(found.sittingDay) },
    { label: 'Came back from a sitting without', value: found.deferredFor.map(code => named(missingThings, code)).join('\n') },
    { label: 'Started', value: `${dateTime(found.createdAt)}, by ${by(people, found.createdBy)}` },
    { label: 'With the authority since', value: dateTime(found.referredAt) },
    { label: 'Last change', value: `${dateTime(found.updatedAt)}, by ${by(people, found.updatedBy)}` },
    { label: 'Why it ended', value: found.closedWords || capital(found.closedReason.replaceAll('_', ' ')) },
  ])
}

const factNames: Record<string, string> = {
  year_group: 'Year group',
  sen_provision: 'Special educational needs',
  pupil_premium: 'Pupil premium',
  looked_after: 'Looked after',
  sessions_possible: 'Sessions possible this year',
  sessions_absent: 'Sessions missed',
  sessions_unauthorised: 'Of these, unauthorised',
  suspensions_in_year: 'Suspensions this year',
  days_suspended_in_term: 'Days suspended this term',
  days_suspended_in_year: 'Days suspended this year',
  last_exclusion: 'Last exclusion',
  early_help_requests: 'Early Help requests',
  early_help_accepted: 'Of these, accepted',
}

function factValue({ key, value, source }: PrefilledFact): string {
  if (value === '') return `Could not be had from ${source} then`
  if (key === 'year_group') return yearGroup(value)
  if (key === 'sen_provision') return senProvision(value)
  return { true: 'Yes', false: 'No', yes: 'Yes', no: 'No' }[value] ?? (longDay(value) || value)
}

// What Pathways put in, as it was when the case was started.
export function presentPrefilled(facts: readonly PrefilledFact[]): Labelled[] {
  return facts.map(fact => ({ label: factNames[fact.key] ?? capital(fact.key.replaceAll('_', ' ')), value: factValue(fact) }))
}

export interface PresentedDecision {
  title: string
  state: string
  facts: Labelled[]
}

// "2 for, 1 against"
function voteWords({ votes }: Decision): string {
  const of = (choice: number) => votes.filter(vote => vote.choice === choice).length
  const parts = [['for', of(1)], ['against', of(2)], ['neither', of(3)]] as const
  return parts.filter(([, number]) => number > 0).map(([words, number]) => `${number} ${words}`).join(', ')
}

export function presentDecision(decision: Decision, { people, schools }: CaseNames): PresentedDecision {
  const { terms } = decision
  return {
    title: `Decision ${decision.number}: ${decisionKind(terms?.kind ?? 0, terms?.tier)}`,
    state: decisionStates[decision.state] ?? '',
    facts: told([
      { label: 'Receiving school', value: terms?.receivingUrn ? (schools.get(terms.receivingUrn) ?? '') : '' },
      { label: 'Until', value: longDay(terms?.until ?? '') },
      { label: 'First review', value: longDay(terms?.reviewOn ?? '') },
      { label: 'What is missing', value: (terms?.missing ?? []).map(code => named(missingThings, code)).join('\n') },
      { label: 'Reasons', value: terms?.reasons ?? '' },
      { label: 'Support and conditions', value: terms?.conditions ?? '' },
      { label: 'How it was decided', value: decisionWays.find(({ way }) => way === terms?.way)?.text ?? '' },
      { label: 'Votes', value: voteWords(decision) },
      { label: 'Why another decision', value: terms?.changeReason ?? '' },
      { label: 'Signed off', value: decision.signedOffAt ? `${dateTime(decision.signedOffAt)}, by ${by(people, decision.signedOffBy)}` : '' },
      { label: 'Think of', value: decision.reminders.join('\n') },
    ]),
  }
}

export interface ActionRow {
  actionId: string
  what: string
  owner: string
  due: string
  done: string
  overdue: boolean
}

export function presentAction(action: Action, people: Map<string, string>, today: string): ActionRow {
  return {
    actionId: action.actionId,
    what: action.what || 'An action; its words are for those on the case',
    owner: action.ownerPersonId ? by(people, action.ownerPersonId) : named(agencies, action.ownerAgency),
    due: fullWeekday(action.due, today),
    done: longDay(action.doneOn),
    overdue: action.overdue,
  }
}

export function presentPlacementRow(placement: Placement, schools: Map<number, string>) {
  return {
    placementId: placement.placementId,
    name: placement.name || (schools.get(placement.receivingUrn) ?? 'A school'),
    state: placementState(placement.state),
    start: longDay(placement.startDay),
    review: longDay(placement.nextReview),
  }
}

export type PlacementRow = ReturnType<typeof presentPlacementRow>
