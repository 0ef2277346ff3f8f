import { StepState, type ClockStep } from '../../gen/pathways/exclusions/v1/service_pb'
import { fullWeekday } from './dates'
import { plural } from './figures'
import type { Option } from '../components/forms'

// Words for the statutory clock. Which step is due when is the service's to say; this only tells it.

const titles: Record<string, string> = {
  notify_parents: 'Tell the parents in writing',
  notify_local_authority: 'Tell the local authority',
  notify_social_worker: 'Tell the social worker',
  notify_virtual_school_head: 'Tell the virtual school head',
  notify_governing_board: 'Tell the governing board',
  set_work: 'Set and mark work',
  provision_from: 'Full-time education begins',
  governors_consider_by: 'Governing board to consider the exclusion',
  board_decision_notice: 'Notice of the governing board’s decision',
  review_apply_by: 'Parents to apply for a review',
  review_hearing_by: 'Review panel to meet',
  panel_decision: 'Notice of the review panel’s decision',
  governors_reconsider_by: 'Governing board to reconsider',
  payment_order: 'Payment after a quashed exclusion',
  remove_from_roll: 'Pupil may be taken off the roll',
  reintegration_meeting: 'Reintegration meeting and plan',
}

export function stepTitle(step: string): string {
  return titles[step] ?? step.replaceAll('_', ' ')
}

export const stepOptions: readonly Option[] = Object.entries(titles).map(([value, text]) => ({ value, text }))

const owners: Record<string, string> = {
  school: 'School',
  governing_board: 'Governing board',
  local_authority: 'Local authority',
  parents: 'Parents',
}

export function ownerName(owner: string): string {
  return owners[owner] ?? owner.replaceAll('_', ' ')
}

export const ownerOptions: readonly Option[] = Object.entries(owners).map(([value, text]) => ({ value, text }))

// Steps whose day is the first on which something may be done; they are never late.
const notBefore = new Set(['remove_from_roll'])

type Timed = Pick<ClockStep, 'step' | 'state' | 'due' | 'schoolDaysLeft' | 'doneOn'>

function owedWords({ step, state, due, schoolDaysLeft }: Timed, today: string): string {
  const day = fullWeekday(due, today)
  if (due === '') return state === StepState.LATE ? 'Was due without delay' : 'Due without delay'
  if (notBefore.has(step)) return `Not before ${day}`
  if (state === StepState.LATE) return schoolDaysLeft < 0 ? `Was due ${day} (${plural(-schoolDaysLeft, 'school day')} late)` : `Was due ${day}`
  if (due === today) return `Due today, ${day}`
  return due < today ? `Was due ${day}` : `Due ${day} (${plural(schoolDaysLeft, 'school day')} left)`
}

// "Due Tuesday 6 October (3 school days left)"
export function dueWords(step: Timed, today: string): string {
  if (step.state === StepState.DONE) return step.doneOn ? `Done ${fullWeekday(step.doneOn, today)}` : 'Done'
  if (step.state === StepState.MOOT) return 'No longer asked for'
  return owedWords(step, today)
}

export type Urgency = 'late' | 'today' | 'week' | 'later'

export const urgencies: readonly { urgency: Urgency; title: string; tag: string; colour: string }[] = [
  { urgency: 'late', title: 'Late', tag: 'Late', colour: 'red' },
  { urgency: 'today', title: 'Today', tag: 'Today', colour: 'orange' },
  { urgency: 'week', title: 'This week', tag: 'This week', colour: 'yellow' },
  { urgency: 'later', title: 'Later', tag: 'Later', colour: 'blue' },
]

// The Sunday on or after a day.
function endOfWeek(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + ((7 - date.getUTCDay()) % 7))
  return date.toISOString().slice(0, 10)
}

// What is owed without delay is owed today.
export function urgency({ state, due }: Pick<ClockStep, 'state' | 'due'>, today: string): Urgency {
  if (state === StepState.LATE) return 'late'
  if (due === '' || due <= today) return 'today'
  return due <= endOfWeek(today) ? 'week' : 'later'
}

// The tag of a step, wherever it stands.
export function stepTag(step: Pick<ClockStep, 'state' | 'due'>, today: string): { text: string; colour: string } {
  if (step.state === StepState.DONE) return { text: 'Done', colour: 'green' }
  if (step.state === StepState.MOOT) return { text: 'Not needed any more', colour: 'grey' }
  const found = urgencies.find(one => one.urgency === urgency(step, today))
  return { text: found?.tag ?? '', colour: found?.colour ?? 'grey' }
}
