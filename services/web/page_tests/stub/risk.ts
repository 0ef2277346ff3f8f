import { clone, create } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import {
  RiskDecision,
  RiskDecisionEntrySchema,
  RiskFactor,
  RiskGrouping,
  RiskProposalSchema,
  RiskProposalState,
  RiskWeightsDraftSchema,
  RiskWeightsSchema,
  RiskWeightsVersionSchema,
  RiskWorkingSchema,
  type RiskDecisionEntry,
  type RiskProposal,
  type RiskService,
  type RiskWeightsDraft,
  type RiskWeightsVersion,
} from '../../gen/pathways/exclusions/v1/risk_pb'
import type { DemoPerson } from '../../dev-idp/people'
import { at } from './exclusionRecords'
import { enter, notFound, pageOf, sees, violations, type World } from './world'

// Proposals of help in a world: made up facts that are always the same.

interface State {
  proposals: Map<string, RiskProposal>
  decisions: Map<string, RiskDecisionEntry[]>
  versions: RiskWeightsVersion[]
  draft?: RiskWeightsDraft
}

const states = new WeakMap<World, State>()

const usual = create(RiskWeightsSchema, {
  bands: [
    { factor: RiskFactor.SUSPENSIONS, atLeast: 1, points: 10 },
    { factor: RiskFactor.SUSPENSIONS, atLeast: 2, points: 25 },
    { factor: RiskFactor.ABSENCE_PERCENT, atLeast: 10, points: 5 },
    { factor: RiskFactor.SEN_SUPPORT, atLeast: 1, points: 10 },
    { factor: RiskFactor.SUPPORT_IN_PLACE, atLeast: 1, points: -5 },
  ],
  primaryFirstYear: 4,
  primaryLastYear: 6,
  secondaryFirstYear: 8,
  secondaryLastYear: 10,
  primaryThreshold: 30,
  secondaryThreshold: 45,
})

const working = create(RiskWorkingSchema, {
  score: 60,
  threshold: 45,
  at: '2026-11-24T06:00:00Z',
  shares: [
    { factor: RiskFactor.SUSPENSIONS, title: 'Suspensions in the last twelve months', value: 3, points: 35, fact: '3 suspensions in the last twelve months', toChange: 'Fewer than 2 would take 25 points off; 4 or more would add 10 points' },
    { factor: RiskFactor.ABSENCE_PERCENT, title: 'Absence in the last twelve months', value: 22, points: 15, fact: 'Absent from 22% of sessions in the last twelve months', toChange: 'Fewer than 20 would take 5 points off' },
    { factor: RiskFactor.SEN_SUPPORT, title: 'SEN support without a plan', value: 1, points: 10, fact: 'SEN support without a plan', toChange: 'If this were not so it would take 10 points off' },
    { factor: RiskFactor.SUPPORT_IN_PLACE, title: 'Support under way', value: 0, points: 0, fact: '0 kinds of support under way', toChange: '1 or more would take 5 points off' },
  ],
})

function stateOf(world: World): State {
  const known = states.get(world)
  if (known) return known
  const made: State = { proposals: new Map(), decisions: new Map(), versions: [create(RiskWeightsVersionSchema, { weights: usual })] }
  states.set(world, made)
  return made
}

export function addRisk(world: World, proposalId: string, pupilId: string, change: Partial<RiskProposal> = {}): void {
  const urn = world.pupils.find(pupil => pupil.pupilId === pupilId)?.urn ?? 0
  const mainFacts = working.shares.slice(0, 3).map(({ fact }) => fact)
  stateOf(world).proposals.set(
    proposalId,
    Object.assign(create(RiskProposalSchema, { proposalId, pupilId, urn, laCode: 999, state: RiskProposalState.OPEN, score: working.score, threshold: working.threshold, proposedAt: at, version: 1n, updatedAt: at, updatedBy: 'system:exclusions.risk', mainFacts }), change),
  )
}

function find(world: World, person: DemoPerson, id: string): RiskProposal {
  const found = stateOf(world).proposals.get(id)
  if (!found || !sees(person, found.urn) || person.roles.includes('manager')) throw notFound('proposal')
  return found
}

function seen(world: World, person: DemoPerson): RiskProposal[] {
  return [...stateOf(world).proposals.values()].filter(({ urn }) => sees(person, urn))
}

function decides(person: DemoPerson): boolean {
  return person.roles.includes('inclusion_officer')
}

function figure(count: number, share: string, suppressed: boolean) {
  return { count: suppressed ? 0n : BigInt(count), share: suppressed ? '' : share, suppressed }
}

function group(grouping: RiskGrouping, value: string, [pupils, proposed, later]: [string, string, string], suppressed: boolean) {
  return {
    grouping,
    value,
    pupils: figure(600, pupils, false),
    proposed: figure(12, proposed, suppressed),
    excludedLater: figure(20, later, suppressed),
    permanentlyExcludedLater: figure(1, '50.0', suppressed),
    proposedAndExcluded: figure(8, '50.0', suppressed),
  }
}

function proposals(world: World): Partial<ServiceImpl<typeof RiskService>> {
  return {
    listRiskProposals(request, context) {
      const person = enter(world, 'exclusions', context)
      const all = seen(world, person).filter(
        ({ state, decision, primary, urn, pupilId }) =>
          (!request.state || state === request.state) &&
          (!request.decision || decision === request.decision) &&
          (!request.urn || urn === request.urn) &&
          (!request.pupilId || pupilId === request.pupilId) &&
          (request.phase === '' || primary === (request.phase === 'primary')),
      )
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { proposals: rows, nextPageToken, total: BigInt(all.length) }
    },
    getRiskProposal(request, context) {
      const person = enter(world, 'exclusions', context)
      const proposal = find(world, person, request.proposalId)
      const before = Object.assign(clone(RiskWorkingSchema, working), { score: 45, shares: working.shares.slice(1) })
      return { proposal, whenProposed: before, latest: working, decisions: stateOf(world).decisions.get(proposal.proposalId) ?? [], mayDecide: decides(person) && proposal.state !== RiskProposalState.LAPSED }
    },
    getRiskWorkCounts(_request, context) {
      const person = enter(world, 'exclusions', context)
      return { open: BigInt(seen(world, person).filter(({ state }) => state === RiskProposalState.OPEN).length) }
    },
    decideRiskProposal(request, context) {
      const person = enter(world, 'exclusions', context)
      const found = find(world, person, request.proposalId)
      if (!decides(person)) throw new ConnectError('not yours', Code.PermissionDenied)
      if (found.version !== request.version) throw new ConnectError('changed since', Code.Aborted)
      if (request.reason.includes('refuse me')) throw violations(Code.InvalidArgument, { reason: 'Write it in other words' })
      const entry = create(RiskDecisionEntrySchema, { decision: request.decision, reason: request.reason, at, by: person.sub, role: 'inclusion_officer', score: found.score })
      const state = stateOf(world)
      state.decisions.set(found.proposalId, [entry, ...(state.decisions.get(found.proposalId) ?? [])])
      const proposal = Object.assign(found, { state: RiskProposalState.DECIDED, decision: request.decision, decidedAt: at, decidedBy: person.sub, updatedBy: person.sub, version: found.version + 1n })
      return { proposal }
    },
    async *exportRiskProposals(_request, context) {
      enter(world, 'exclusions', context)
      yield { data: new TextEncoder().encode('proposal_id,pupil_id\n') }
    },
  }
}

function weights(world: World): Partial<ServiceImpl<typeof RiskService>> {
  return {
    getRiskWeights(_request, context) {
      const mayChange = enter(world, 'exclusions', context).roles.includes('manager')
      const { versions, draft } = stateOf(world)
      return { laCode: 999, current: versions[0], history: versions, draft: mayChange ? draft : undefined, mayChange }
    },
    saveRiskWeights(request, context) {
      const person = enter(world, 'exclusions', context)
      const state = stateOf(world)
      if ((state.draft?.version ?? 0n) !== request.version) throw new ConnectError('changed since', Code.Aborted)
      if (request.weights?.secondaryThreshold === 13) throw violations(Code.InvalidArgument, { 'weights.secondary_threshold': 'Use another number' })
      state.draft = create(RiskWeightsDraftSchema, { weights: request.weights, version: request.version + 1n, updatedAt: at, updatedBy: person.sub })
      return { draft: state.draft }
    },
    switchOnRiskWeights(request, context) {
      const person = enter(world, 'exclusions', context)
      const state = stateOf(world)
      if (state.draft?.version !== request.version) throw new ConnectError('changed since', Code.Aborted)
      const current = create(RiskWeightsVersionSchema, { number: state.versions.length, weights: state.draft.weights, reason: request.reason, switchedOnAt: at, switchedOnBy: person.sub })
      state.versions.unshift(current)
      state.draft = undefined
      return { current }
    },
    rehearseRiskWeights(request, context) {
      enter(world, 'exclusions', context)
      const counts = { before: 40n, after: 31n, added: 2n, removed: 11n }
      const ends = ['2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30', '2026-07-31']
      return {
        laCode: 999,
        academicYear: request.academicYear,
        pupils: 11_840n,
        registersFrom: '2026-09-02',
        total: counts,
        primary: { before: 9n, after: 9n },
        schools: [900001, 900002].map((urn, index) => ({ urn, phase: 'State-funded secondary', counts: { ...counts, after: BigInt(20 - index * 9) } })),
        months: ends.map((day, index) => ({ day, before: BigInt(index === 0 ? 10 : 3), after: BigInt(index === 0 ? 11 : 2) })),
      }
    },
    getRiskFairness(request, context) {
      const suppressed = enter(world, 'exclusions', context).roles.includes('manager')
      return {
        laCode: 999,
        on: request.on || '2025-11-24',
        until: '2026-11-24',
        registersFrom: '2024-09-02',
        all: group(RiskGrouping.UNSPECIFIED, '', ['100.0', '100.0', '100.0'], false),
        groups: [
          group(RiskGrouping.SEX, 'F', ['49.1', '30.0', '36.2'], false),
          group(RiskGrouping.SEX, 'M', ['50.9', '70.0', '63.8'], false),
          group(RiskGrouping.ETHNIC_GROUP, 'black', ['8.1', '14.0', '9.0'], suppressed),
          group(RiskGrouping.ETHNIC_GROUP, 'white', ['78.1', '71.0', '80.0'], false),
          group(RiskGrouping.SEN_PROVISION, 'K', ['14.0', '60.0', '44.0'], false),
          group(RiskGrouping.DISADVANTAGED, 'Y', ['26.0', '55.0', '52.0'], suppressed),
        ],
        suppressionApplies: suppressed,
      }
    },
  }
}

export function risk(world: World): ServiceImpl<typeof RiskService> {
  return { ...proposals(world), ...weights(world) } as ServiceImpl<typeof RiskService>
}

export function furnishRisk(world: World): void {
  const [first, second, third] = world.pupils.filter(({ urn }) => urn === 900001).map(({ pupilId }) => pupilId) as [string, string, string]
  addRisk(world, 'risk-open', first)
  addRisk(world, 'risk-lapsed', second, { state: RiskProposalState.LAPSED, lapsedBecause: 'facts', score: 20 })
  addRisk(world, 'risk-decided', third, { state: RiskProposalState.DECIDED, decision: RiskDecision.SCHOOL_SUPPORT, decidedAt: at })
  stateOf(world).decisions.set('risk-decided', [create(RiskDecisionEntrySchema, { decision: RiskDecision.SCHOOL_SUPPORT, reason: 'A mentor twice a week, and a place in the nurture group.', at, by: 'demo-priya-raman', role: 'inclusion_officer', score: 60 })])
  stateOf(world).draft = create(RiskWeightsDraftSchema, { weights: { ...usual, secondaryThreshold: 50 }, version: 1n, updatedAt: at, updatedBy: 'demo-helen-whitmore' })
}
