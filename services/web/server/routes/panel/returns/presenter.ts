import { PlanState, type PlanStep, type ReintegrationPlan } from '../../../../gen/pathways/panel/v1/reintegration_pb'
import { can, type Person } from '../../../auth/person'
import type { Labelled } from '../../../components/summary'
import { dateTime, fullWeekday, longDay } from '../../../text/dates'
import { agencies, named } from '../../../text/panel'
import { returnOutcomes } from '../../../text/providers'

export interface ReturnNames {
  people: Map<string, string>
  schools: Map<number, string>
}

function by(people: Map<string, string>, id: string): string {
  return people.get(id) ?? 'a colleague'
}

export function presentPlan(plan: ReintegrationPlan, { people, schools }: ReturnNames): Labelled[] {
  const agreed = plan.agreedAt ? `${dateTime(plan.agreedAt)}, kept by ${by(people, plan.agreedBy)}` : ''
  return [
    { label: 'Goes to', value: schools.get(plan.toUrn) ?? `School ${plan.toUrn}` },
    { label: 'First day', value: longDay(plan.firstDay) },
    { label: 'Timetable', value: plan.phasedUntil ? `Part time up to ${longDay(plan.phasedUntil)}, then full time` : 'Full time from the first day' },
    { label: 'What helps', value: plan.support },
    { label: 'The pupil says', value: plan.pupilView },
    { label: 'The parents say', value: plan.parentView },
    { label: 'Agreed', value: agreed },
    { label: 'Parents agree', value: plan.agreedAt ? (plan.parentsAgree ? 'Yes' : 'No') : '' },
    { label: 'Next review', value: longDay(plan.nextReview) },
    { label: 'Last change', value: `${dateTime(plan.updatedAt)}, by ${by(people, plan.updatedBy)}` },
  ].filter(({ value }) => value !== '')
}

export function presentStep(step: PlanStep, today: string) {
  return {
    stepId: step.stepId,
    what: step.what || 'A step; its words are for those who work with the pupil',
    who: named(agencies, step.ownerAgency),
    due: fullWeekday(step.due, today),
    done: longDay(step.doneOn),
    overdue: step.overdue,
  }
}

export function presentReturnReviews(plan: ReintegrationPlan, people: Map<string, string>) {
  return plan.reviews.map(({ day, outcome, words, nextReview, personId }) => ({
    title: `${longDay(day)}: ${named(returnOutcomes, outcome).toLowerCase()}`,
    words,
    by: by(people, personId),
    next: longDay(nextReview),
  }))
}

// What this person can do with the plan now.
export function returnActions({ state, placementId }: Pick<ReintegrationPlan, 'state' | 'placementId'>, person: Person) {
  const path = `/panel/placements/${placementId}/return`
  const writes = can(person, 'writeReturns')
  const agrees = can(person, 'agreeReturns')
  const open = state === PlanState.DRAFT || (state === PlanState.AGREED && agrees)
  const action = (shown: boolean, href: string, text: string) => (shown ? [{ href, text }] : [])
  return {
    mayAddSteps: writes && open,
    mayComplete: writes,
    links: [
      ...action(writes && open, `${path}/plan`, state === PlanState.AGREED ? 'Change the plan: it has to be agreed again' : 'Change the plan'),
      ...action(agrees && state === PlanState.DRAFT, `${path}/agree`, 'Keep that it is agreed'),
      ...action(writes && state === PlanState.RETURNED && !person.roles.includes('provider'), `${path}/review`, 'Keep a review of the return'),
    ],
  }
}
