import { create } from '@bufbuild/protobuf'
import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect'
import { FairAccessState, GetFairAccessResponseSchema, type FairAccessService } from '../../gen/pathways/panel/v1/fair_access_pb'
import { CaseTimesSchema, EffectMeasure, EffectSchema, EffectVerdict, GetEffectsResponseSchema, GetFairnessResponseSchema, GetReturnsResponseSchema, type ImpactService } from '../../gen/pathways/panel/v1/impact_pb'
import { DecisionKind, Phase } from '../../gen/pathways/panel/v1/service_pb'
import { schools } from './data'
import { enter, type World } from './world'

// Made up figures that are always the same: some can be told, some cannot.

const span = { laCode: 999, from: '2025-09-01', to: '2026-11-24' }

const times = [
  { toDecision: { cases: 31, medianDays: '24.0', shortestDays: 8, longestDays: 61 }, toStart: { cases: 22, medianDays: '9.5', shortestDays: 0, longestDays: 34 }, waitingForDecision: 6, longestWaitDays: 27, waitingForStart: 3 },
  { phase: Phase.SECONDARY, toDecision: { cases: 27, medianDays: '25.0', shortestDays: 8, longestDays: 61 }, toStart: { cases: 20, medianDays: '10.0', shortestDays: 1, longestDays: 34 }, waitingForDecision: 6, longestWaitDays: 27, waitingForStart: 3 },
  { kind: DecisionKind.ALTERNATIVE_PROVISION, toDecision: { cases: 14, medianDays: '22.5', shortestDays: 8, longestDays: 40 }, toStart: { cases: 12, medianDays: '7.0', shortestDays: 1, longestDays: 21 }, waitingForStart: 2 },
].map(one => create(CaseTimesSchema, one))

function effect(kind: DecisionKind, tier: number, weeks: number, measure: EffectMeasure, compared: number) {
  const attendance = measure === EffectMeasure.ATTENDANCE
  const told = compared >= 10
  const clear = weeks === 6
  return create(EffectSchema, {
    kind,
    tier,
    weeks,
    measure,
    pupils: compared + 3,
    compared,
    withoutMarks: 2,
    withoutAlike: 1,
    before: attendance ? '61.40' : '1.90',
    after: attendance ? '74.20' : '0.80',
    alikeBefore: attendance ? '61.10' : '0.40',
    alikeAfter: attendance ? '66.70' : '0.30',
    ...(told && (attendance ? { difference: '7.20', low: clear ? '2.10' : '-1.40', high: '12.30' } : { difference: '-1.00', low: '-1.70', high: '-0.30' })),
    verdict: !told ? EffectVerdict.TOO_FEW : !attendance ? EffectVerdict.FELL : clear ? EffectVerdict.ROSE : EffectVerdict.NO_DIFFERENCE_IN_RANGE,
  })
}

export function impact(world: World): Partial<ServiceImpl<typeof ImpactService>> {
  const works = (context: HandlerContext) => enter(world, 'panel', context).la_codes.length > 0
  return {
    getFairness(_, context) {
      const casework = works(context)
      if (!casework) return create(GetFairnessResponseSchema, { span, shares: [{ urn: 900001, phase: Phase.SECONDARY, headcount: 1180, takenIn: 2 }], takenInSuppressed: true, times: [{ toDecision: { cases: 31, medianDays: '24.0' }, toStart: { suppressed: true }, waitingSuppressed: true }] })
      const shares = schools.slice(0, 5).map(({ urn }, index) => ({ urn, phase: Phase.SECONDARY, headcount: 1180 - index * 90, takenIn: [5, 3, 0, 2, 0][index] ?? 0, fairShare: ['2.4', '2.2', '2.0', '1.8', '1.6'][index] ?? '' }))
      return create(GetFairnessResponseSchema, { span, shares, takenIn: 10, times, casework })
    },
    getEffects(_, context) {
      if (!works(context)) throw new ConnectError('not for this role', Code.PermissionDenied)
      const effects = [EffectMeasure.ATTENDANCE, EffectMeasure.SUSPENSIONS].flatMap(measure =>
        [6, 12, 26].flatMap(weeks => [effect(DecisionKind.UNSPECIFIED, 0, weeks, measure, 24), effect(DecisionKind.ALTERNATIVE_PROVISION, 2, weeks, measure, 12), effect(DecisionKind.MANAGED_MOVE, 0, weeks, measure, 4)]),
      )
      return create(GetEffectsResponseSchema, { span, effects, started: 31 })
    },
    getReturns(_, context) {
      if (!works(context)) throw new ConnectError('not for this role', Code.PermissionDenied)
      return create(GetReturnsResponseSchema, {
        span,
        returned: 13,
        endedOtherwise: [{ reason: 'broke_down', placements: 3 }],
        held: [{ weeks: 12, returns: 11, held: 9, excludedAgain: 1, leftSchool: 1, heldPercent: '81.8', low: '52.3', high: '94.9' }, { weeks: 26, returns: 4, held: 4 }],
      })
    },
    async *exportImpact(_, context) {
      enter(world, 'panel', context)
      yield { data: new TextEncoder().encode('from,to,old_la_code,figure\n') }
    },
  }
}

// Twenty school days that are always the same.
export function fairAccess(world: World): Partial<ServiceImpl<typeof FairAccessService>> {
  return {
    getFairAccess(_, context) {
      enter(world, 'panel', context)
      const days = [{ day: '2026-11-02', whySkipped: 'The count starts after this day' }, { day: '2026-11-03', number: 1 }, { day: '2026-11-30', number: 20 }]
      return create(GetFairAccessResponseSchema, { state: FairAccessState.DUE, startsFrom: '2026-11-02', due: '2026-11-30', rule: 'A school place is found within 20 school days after the referral', source: 'School Admissions Code 2021, 3.14 to 3.22', days })
    },
  }
}
