import { create } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { AttendanceSource, type PlacedService } from '../../gen/pathways/panel/v1/placed_pb'
import { PlanState, ReintegrationPlanSchema, type ReintegrationPlan, type ReintegrationService } from '../../gen/pathways/panel/v1/reintegration_pb'
import { PlacementState } from '../../gen/pathways/panel/v1/service_pb'
import type { DemoPerson } from '../../dev-idp/people'
import { enter, notFound, pageOf, violations, type World } from './world'

const at = '2026-11-23T14:00:00Z'
const today = '2026-11-24'

type Change = Omit<Partial<ReintegrationPlan>, '$typeName' | '$unknown'>

export function addPlan(world: World, placementId: string, change: object = {}): ReintegrationPlan {
  const placement = world.panel.placements.get(placementId)
  const plan = create(ReintegrationPlanSchema, {
    placementId, caseId: placement?.caseId, pupilId: placement?.pupilId, urn: placement?.urn, laCode: 999, state: PlanState.DRAFT, version: 1n, toUrn: placement?.urn,
    firstDay: '2027-01-13', support: 'The same mentor, at the gate every morning.', pupilView: 'Wants to start with science.', parentView: 'Glad that it is short.', nextReview: '2027-01-27',
    fromName: placement?.name, updatedAt: at, updatedBy: 'demo-naomi-fletcher',
    steps: [{ stepId: 'step-tutor', what: 'Meet the form tutor', ownerAgency: 'receiving_school', due: '2026-11-20', overdue: true }], ...change,
  })
  world.panel.plans.set(placementId, plan)
  return plan
}

function changePlan(world: World, person: DemoPerson, placementId: string, version: bigint, change: (plan: ReintegrationPlan) => Change): { plan: ReintegrationPlan } {
  const plan = world.panel.plans.get(placementId)
  if (!plan) throw notFound('plan')
  if (plan.version !== version) throw new ConnectError('changed since', Code.Aborted)
  return { plan: Object.assign(plan, change(plan), { version: plan.version + 1n, updatedAt: at, updatedBy: person.sub }) }
}

export function reintegration(world: World): Partial<ServiceImpl<typeof ReintegrationService>> {
  return {
    getPlan(request, context) {
      enter(world, 'panel', context)
      const plan = world.panel.plans.get(request.placementId)
      if (!plan) throw notFound('plan')
      return { plan }
    },
    savePlan(request, context) {
      const person = enter(world, 'panel', context)
      if (request.support.length < 10) throw violations(Code.InvalidArgument, { support: 'Write at least 10 characters' })
      const { toUrn, firstDay, phasedUntil, support, pupilView, parentView, nextReview } = request
      const fields = { toUrn, firstDay, phasedUntil, support, pupilView, parentView, nextReview }
      if (request.version === 0n) return { plan: addPlan(world, request.placementId, { ...fields, steps: [], lacks: ['Add at least one step: what is done, by whom and by when'], updatedBy: person.sub }) }
      return changePlan(world, person, request.placementId, request.version, () => ({ ...fields, state: PlanState.DRAFT }))
    },
    saveStep(request, context) {
      const person = enter(world, 'panel', context)
      const step = request.step
      if (!step) throw notFound('step')
      return changePlan(world, person, request.placementId, request.version, plan => {
        const others = plan.steps.filter(({ stepId }) => stepId !== step.stepId)
        return { steps: request.remove ? others : [...others, step], lacks: [] }
      })
    },
    completeStep(request, context) {
      const person = enter(world, 'panel', context)
      const plan = world.panel.plans.get(request.placementId)
      const step = plan?.steps.find(({ stepId }) => stepId === request.stepId)
      if (!step) throw notFound('step')
      Object.assign(step, { doneOn: today, doneBy: person.sub, overdue: false })
      return { plan }
    },
    agreePlan(request, context) {
      const person = enter(world, 'panel', context)
      if (!request.schoolAgrees) throw violations(Code.FailedPrecondition, { school_agrees: 'The school the pupil goes to has to agree first' })
      const { plan } = changePlan(world, person, request.placementId, request.version, () => ({ state: PlanState.AGREED, agreedAt: at, agreedBy: person.sub, parentsAgree: request.parentsAgree }))
      Object.assign(world.panel.placements.get(request.placementId) ?? {}, { hasReintegrationPlan: true, reintegrationUrn: plan.toUrn, reintegrationDay: plan.firstDay })
      return { plan }
    },
    reviewReturn(request, context) {
      const person = enter(world, 'panel', context)
      const review = request.review
      if (!review) throw notFound('review')
      const state = { held: PlanState.HELD, broke_down: PlanState.BROKE_DOWN }[review.outcome] ?? PlanState.RETURNED
      return changePlan(world, person, request.placementId, request.version, plan => ({ state, nextReview: review.nextReview, reviews: [{ ...review, personId: person.sub }, ...plan.reviews] }))
    },
    listPlans(request, context) {
      enter(world, 'panel', context)
      const all = [...world.panel.plans.values()].filter(one => request.states.length === 0 || request.states.includes(one.state))
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { plans: rows, nextPageToken, total: BigInt(all.length) }
    },
  }
}

export function placed(world: World): Partial<ServiceImpl<typeof PlacedService>> {
  return {
    getPlacementCounts(_request, context) {
      const person = enter(world, 'panel', context)
      const of = (state: PlacementState) => [...world.panel.placements.values()].filter(one => one.state === state)
      const mine = of(PlacementState.OFFERED).filter(one => (person.roles.includes('provider') ? one.providerId !== '' : person.urns.includes(one.receivingUrn)))
      const plans = (state: PlanState) => BigInt([...world.panel.plans.values()].filter(one => one.state === state).length)
      return { toAnswer: BigInt(mine.length), offers: BigInt(of(PlacementState.OFFERED).length), placed: BigInt(of(PlacementState.STARTED).length), plansInDraft: plans(PlanState.DRAFT), returnsComing: plans(PlanState.AGREED) }
    },
    getAttendanceThere(request, context) {
      const person = enter(world, 'panel', context)
      const found = world.panel.placements.get(request.placementId)
      if (found?.state !== PlacementState.STARTED) return {}
      if (person.roles.includes('provider') || person.roles.includes('panel_clerk')) return { source: AttendanceSource.NOT_ALLOWED }
      return { source: AttendanceSource.HOME_REGISTER, sinceStart: { possible: 40, attended: 31, authorised: 2, unauthorised: 7 }, lastFourWeeks: { possible: 16, attended: 14, authorised: 0, unauthorised: 2 }, dualSessions: 2, lastMark: '2026-11-23' }
    },
  }
}
