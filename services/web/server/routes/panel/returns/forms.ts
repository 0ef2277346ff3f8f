import { Code, ConnectError } from '@connectrpc/connect'
import { randomUUID } from 'node:crypto'
import { PlanState, type PlanStep, type ReintegrationPlan } from '../../../../gen/pathways/panel/v1/reintegration_pb'
import type { Person } from '../../../auth/person'
import type { Clients } from '../../../clients/clients'
import type { Option } from '../../../components/forms'
import type { Answers, FormPage, Question } from '../../../requestForm/types'
import { schoolOptions } from '../../../services/schoolOptions'
import { agencies } from '../../../text/panel'
import { returnOutcomes } from '../../../text/providers'
import { planState } from '../../../text/returns'
import type { Ask, Asked } from '../formPages'
import { pupilName } from '../load'
import { loadReturn } from './load'

const words = (key: string, label: string, short: string, required: boolean, hint?: string): Question => ({ key, kind: 'text', label, short, hint, required, limit: 4000, missing: `Enter a few words: ${short.toLowerCase()}` })
const day = (key: string, label: string, short: string, required: boolean, hint?: string): Question => ({ key, kind: 'date', label, short, hint, required, days: 'any', missing: `Enter the day: ${short.toLowerCase()}` })
const yesNo: readonly Option[] = [{ value: 'yes', text: 'Yes' }, { value: 'no', text: 'No' }]

function lastOf(plan: ReintegrationPlan): Asked['last'] {
  return { what: 'plan', updatedBy: plan.updatedBy, updatedAt: plan.updatedAt, state: planState(plan.state).text }
}

function refuse(message: string): never {
  throw new ConnectError(message, Code.FailedPrecondition)
}

// Schools the pupil may go to: those the person can choose from, and in any case the pupil's own.
async function schoolsFor(clients: Clients, person: Person, urn: number): Promise<Option[]> {
  const options = await schoolOptions(clients, person)
  if (options.some(({ value }) => value === String(urn))) return options
  const { schools } = await clients.registry.listSchools({ pageSize: 500 })
  const known = schools.map(one => ({ value: String(one.urn), text: one.name }))
  return known.some(({ value }) => value === String(urn)) ? known : [{ value: String(urn), text: 'The pupil’s own school' }, ...known]
}

function planPage(schools: readonly Option[]): FormPage {
  return {
    slug: 'plan',
    title: 'Plan for the return to a school',
    questions: [
      { key: 'to_urn', kind: 'select', label: 'Which school does the pupil go to?', short: 'School', required: true, options: schools, missing: 'Choose the school' },
      day('first_day', 'First day there', 'First day', true),
      day('phased_until', 'Part time up to (optional)', 'Part time up to', false, 'Full time from the first day, unless you say otherwise. A part-time timetable is the exception, and ends within 12 weeks.'),
      words('support', 'What helps the pupil there?', 'What helps', true, 'The people, the timetable and the adjustments; what is done by whom comes next, as steps.'),
      words('pupil_view', 'What does the pupil say?', 'The pupil says', false),
      words('parent_view', 'What do the parents say?', 'The parents say', false),
      day('next_review', 'First review after the return', 'First review', false, 'For example, two weeks after the first day'),
    ],
  }
}

function storedOf({ toUrn, firstDay, phasedUntil, support, pupilView, parentView, nextReview }: ReintegrationPlan): Answers {
  return { to_urn: String(toUrn), first_day: firstDay, phased_until: phasedUntil, support, pupil_view: pupilView, parent_view: parentView, next_review: nextReview }
}

export const askPlan: Ask = async ({ clients }, request, person) => {
  const { placement, plan } = await loadReturn(clients, request)
  const { placementId } = placement
  const path = `/panel/placements/${placementId}/return`
  const [pupil, schools] = await Promise.all([pupilName(clients, placement.pupilId), schoolsFor(clients, person, placement.urn)])
  return {
    page: planPage(schools),
    caption: [placement.name, pupil].filter(Boolean).join(', '),
    action: `${path}/plan`,
    back: { href: plan ? path : `/panel/placements/${placementId}`, text: plan ? 'Plan for the return' : 'Placement' },
    submit: 'Save the plan',
    stored: plan ? storedOf(plan) : { to_urn: String(placement.urn) },
    version: plan?.version ?? 0n,
    last: plan && lastOf(plan),
    send: async (answers, version) => {
      await clients.reintegration.savePlan({
        placementId, version, toUrn: Number(answers.to_urn), firstDay: answers.first_day, phasedUntil: answers.phased_until,
        support: answers.support, pupilView: answers.pupil_view, parentView: answers.parent_view, nextReview: answers.next_review,
      })
      return { path, flash: 'Plan saved.' }
    },
  }
}

async function planned(clients: Clients, request: Parameters<Ask>[1]) {
  const { placement, plan } = await loadReturn(clients, request)
  if (!plan) return refuse('There is no plan yet.')
  const path = `/panel/placements/${placement.placementId}/return`
  return { plan, path, caption: `Return of ${await pupilName(clients, placement.pupilId)}`, back: { href: path, text: 'Plan for the return' } }
}

function storedStep(step: PlanStep | undefined): Answers {
  return step ? { what: step.what, owner_agency: step.ownerAgency, due: step.due } : {}
}

// What is done, by whom, by when.
export const askStep: Ask = async ({ clients }, request) => {
  const { plan, path, caption, back } = await planned(clients, request)
  const step = plan.steps.find(({ stepId }) => stepId === request.params.step)
  if (request.params.step && !step) refuse('There is no such step.')
  return {
    page: {
      slug: 'step',
      title: step ? 'Change a step' : 'Add a step',
      questions: [
        { key: 'what', kind: 'text', label: 'What is done?', short: 'Step', required: true, limit: 500, missing: 'Enter what is done' },
        { key: 'owner_agency', kind: 'choice', label: 'Who does it?', short: 'Who', required: true, options: agencies, missing: 'Select who does it' },
        day('due', 'By when?', 'By', true),
      ],
    },
    caption,
    intro: plan.state === PlanState.AGREED ? 'The plan is agreed. After this change it has to be agreed again.' : undefined,
    action: step ? `${path}/steps/${step.stepId}` : `${path}/steps/new`,
    back,
    submit: 'Save the step',
    stored: storedStep(step),
    version: plan.version,
    id: step ? undefined : randomUUID(),
    last: lastOf(plan),
    send: async (answers, version, id) => {
      await clients.reintegration.saveStep({ placementId: plan.placementId, version, step: { stepId: step?.stepId ?? id, what: answers.what, ownerAgency: answers.owner_agency, due: answers.due } })
      return { path, flash: 'Step saved.' }
    },
  }
}

export const askAgreement: Ask = async ({ clients }, request) => {
  const { plan, path, caption, back } = await planned(clients, request)
  return {
    page: {
      slug: 'agree',
      title: 'Keep that the plan is agreed',
      questions: [
        { key: 'school_agrees', kind: 'choice', label: 'Does the school the pupil goes to agree?', short: 'School agrees', required: true, options: yesNo, missing: 'Select yes or no' },
        { key: 'parents_agree', kind: 'choice', label: 'Do the parents agree?', short: 'Parents agree', hint: 'A return does not wait for it; what they say is kept.', required: true, options: yesNo, missing: 'Select yes or no' },
      ],
    },
    caption,
    intro: 'The school the pupil goes to sees the plan from now on. A later change has to be agreed again.',
    action: `${path}/agree`,
    back,
    submit: 'It is agreed',
    stored: {},
    version: plan.version,
    last: lastOf(plan),
    send: async (answers, version) => {
      await clients.reintegration.agreePlan({ placementId: plan.placementId, version, schoolAgrees: answers.school_agrees === 'yes', parentsAgree: answers.parents_agree === 'yes' })
      return { path, flash: 'Agreed. The school has the plan.' }
    },
  }
}

export const askReturnReview: Ask = async ({ clients }, request) => {
  const { plan, path, caption, back } = await planned(clients, request)
  return {
    page: {
      slug: 'review',
      title: 'Keep a review of the return',
      questions: [
        day('day', 'Day of the review', 'Day', true),
        { key: 'outcome', kind: 'choice', label: 'How does it go?', short: 'Outcome', required: true, options: returnOutcomes, missing: 'Select how it goes' },
        words('words', 'What was said?', 'What was said', true),
        day('next_review', 'Next review (not after the last)', 'Next review', false),
      ],
    },
    caption,
    action: `${path}/review`,
    back,
    submit: 'Keep the review',
    stored: {},
    version: plan.version,
    last: lastOf(plan),
    send: async (answers, version) => {
      await clients.reintegration.reviewReturn({ placementId: plan.placementId, version, review: { day: answers.day, outcome: answers.outcome, words: answers.words, nextReview: answers.next_review } })
      return { path, flash: 'Review kept.' }
    },
  }
}
