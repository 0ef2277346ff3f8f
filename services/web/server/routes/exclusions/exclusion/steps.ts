import { StepState, type ClockStep, type Exclusion, type StepDone } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { dueWords, ownerName, stepTag, stepTitle } from '../../../text/clock'
import { dateTime, fullWeekday, longDay } from '../../../text/dates'
import { deliveries, optionText } from '../../../text/exclusions'
import { presentWorking, type WorkingWeek } from './working'

export interface PresentedStep {
  step: string
  title: string
  owner: string
  tag: { text: string; colour: string }
  due: string
  aim: string
  done: string
  moved: string
  rule: string
  source: string
  from: string
  calendar: string
  working: WorkingWeek[]
  // Where it is marked as done, or changed.
  act?: { href: string; text: string }
}

// An address with the way back in it.
type Link = (path: string) => string

// Steps that a decision completes are told on the page of that decision.
const decidedOn: Record<string, string> = {
  governors_consider_by: 'board',
  board_decision_notice: 'board-notice',
  review_apply_by: 'review-applied',
  review_hearing_by: 'panel',
  panel_decision: 'panel-notice',
  governors_reconsider_by: 'reconsidered',
}

function act({ step, state }: ClockStep, exclusionId: string, to: Link | undefined): PresentedStep['act'] {
  if (!to || state === StepState.MOOT) return undefined
  const decision = decidedOn[step]
  const done = state === StepState.DONE
  if (decision) return { href: to(`/exclusions/${exclusionId}/decisions/${decision}`), text: done ? 'Change' : 'Say what happened' }
  return { href: to(`/exclusions/${exclusionId}/steps/${step}`), text: done ? 'Change' : 'Mark as done' }
}

// "at 14:30, by post, entered by Amara Osei"
function how(done: StepDone | undefined, people: Map<string, string>): string {
  if (!done) return ''
  const parts = [
    done.atTime && `at ${done.atTime}`,
    done.how && optionText(deliveries, done.how).toLowerCase(),
    done.recordedBy && `entered by ${people.get(done.recordedBy) ?? 'a colleague'}`,
    dateTime(done.recordedAt) && `on ${dateTime(done.recordedAt)}`,
  ]
  return parts.filter(Boolean).join(', ')
}

export interface StepNames {
  people: Map<string, string>
  schools: Map<number, string>
}

function isOwed({ state }: ClockStep): boolean {
  return state === StepState.DUE || state === StepState.LATE
}

// `to` is there for those who may mark it.
export function presentStep(step: ClockStep, exclusion: Exclusion, names: StepNames, today: string, to?: Link): PresentedStep {
  const from = fullWeekday(step.startsFrom, today)
  return {
    step: step.step,
    title: step.title || stepTitle(step.step),
    owner: isOwed(step) ? ownerName(step.owner).toLowerCase() : '',
    tag: stepTag(step, today),
    due: dueWords(step, today),
    aim: step.aim && step.aim !== step.due && isOwed(step) ? `Better: ${fullWeekday(step.aim, today)}` : '',
    done: step.state === StepState.DONE ? how(exclusion.done.find(one => one.step === step.step), names.people) : '',
    moved: step.wasDue ? `It was ${longDay(step.wasDue)}. ${step.movedBecause}` : '',
    rule: step.rule,
    source: [step.source, step.ruleVersion && `rules of ${step.ruleVersion}`].filter(Boolean).join('; '),
    from: from && `${from}${step.startsFromWords ? `, ${step.startsFromWords}` : ''}`,
    calendar: names.schools.get(step.calendarUrn) ?? '',
    working: presentWorking(step.working),
    act: act(step, exclusion.exclusionId, to),
  }
}
