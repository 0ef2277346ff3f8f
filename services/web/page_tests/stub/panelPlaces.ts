import { create } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { OfferAnswer, Phase, PlacementSchema, PlacementState, ProviderSchema, type PanelService, type Placement } from '../../gen/pathways/panel/v1/service_pb'
import type { Fields } from './panelRecords'
import { enter, notFound, pageOf, violations, type World } from './world'

export function addProvider(world: World): void {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri'].map(day => ({ day, places: 6, taken: 5 }))
  const programme = { programmeId: 'programme-motor', providerId: 'provider-yard', name: 'Motor vehicle and maths', tier: 2, phase: Phase.SECONDARY, needs: ['vocational'], penceAWeek: 41250n, days }
  const checks = ['safeguarding', 'staff_checks', 'premises', 'curriculum', 'visit'].map((kind, index) => ({ kind, outcome: index === 2 ? 'partly_met' : 'met', checkedOn: '2026-03-02', nextDue: kind === 'visit' ? '2026-10-01' : '2027-03-02', checkedBy: 'demo-naomi-fletcher' }))
  world.panel.providers.set('provider-yard', create(ProviderSchema, {
    providerId: 'provider-yard', laCode: 999, name: 'The Yard', registration: 'independent_school', urn: 150800, located: true, open: true, personIds: ['demo-joe-mcallister'], version: 3n, updatedAt: '2026-11-20T10:00:00Z', updatedBy: 'demo-naomi-fletcher',
    concerns: ['Check overdue since 1 October 2026: a visit', 'Not checked yet: reporting of attendance'], checks, programmes: [{ ...programme, version: 2n }],
  } as never))
}

export function addPlacement(world: World, placementId: string, caseId: string, change: Fields<Placement> = {}): Placement {
  const found = world.panel.cases.get(caseId)
  const made = create(PlacementSchema, {
    placementId, caseId, decisionId: 'decision-final', pupilId: found?.pupilId, urn: found?.urn, laCode: 999, providerId: 'provider-yard', programmeId: 'programme-motor', tier: 2,
    days: ['mon', 'tue'], state: PlacementState.OFFERED, version: 1n, startDay: '2026-11-23', nextReview: '2027-01-15', name: 'The Yard, Motor vehicle and maths', ...change,
  })
  world.panel.placements.set(placementId, made)
  return made
}

function change(world: World, placementId: string, version: bigint, fields: Fields<Placement>): { placement: Placement } {
  const found = world.panel.placements.get(placementId)
  if (!found) throw notFound('placement')
  if (found.version !== version) throw new ConnectError('changed since', Code.Aborted)
  return { placement: Object.assign(found, fields, { version: found.version + 1n }) }
}

export function panelPlaces(world: World): Partial<ServiceImpl<typeof PanelService>> {
  return {
    listProviders(_request, context) {
      enter(world, 'panel', context)
      return { providers: [...world.panel.providers.values()] }
    },
    saveProvider(request, context) {
      const person = enter(world, 'panel', context)
      const sent = request.provider
      if (!sent) throw notFound('provider')
      const known = world.panel.providers.get(sent.providerId)
      if (known && known.version !== sent.version) throw new ConnectError('changed since', Code.Aborted)
      if ((sent.easting === 0) !== (sent.northing === 0)) throw violations(Code.InvalidArgument, { 'provider.easting': 'Enter both grid references in metres, or neither' })
      const provider = create(ProviderSchema, { ...sent, located: sent.easting > 0 || sent.urn > 0, checks: known?.checks ?? [], programmes: known?.programmes ?? [], concerns: known?.concerns ?? ['Not checked yet: safeguarding'], version: sent.version + 1n, updatedAt: '2026-11-24T09:00:00Z', updatedBy: person.sub } as never)
      world.panel.providers.set(sent.providerId, provider)
      return { provider }
    },
    recordProviderCheck(request, context) {
      const person = enter(world, 'panel', context)
      const provider = world.panel.providers.get(request.providerId)
      if (!provider || !request.check) throw notFound('provider')
      if (request.check.checkedOn > '2026-11-24') throw violations(Code.InvalidArgument, { 'check.checked_on': 'Choose today or an earlier day' })
      provider.checks = [...provider.checks.filter(({ kind }) => kind !== request.check?.kind), { ...request.check, checkedBy: person.sub }]
      return { provider }
    },
    saveProgramme(request, context) {
      enter(world, 'panel', context)
      const sent = request.programme
      const provider = world.panel.providers.get(sent?.providerId ?? '')
      if (!provider || !sent) throw notFound('provider')
      const programme = { ...sent, version: sent.version + 1n }
      provider.programmes = [...provider.programmes.filter(({ programmeId }) => programmeId !== sent.programmeId), programme]
      return { programme }
    },
    matchPlaces(_request, context) {
      enter(world, 'panel', context)
      return {
        options: [
          { programmeId: 'programme-motor', providerId: 'provider-yard', name: 'The Yard, Motor vehicle and maths', rank: 1, score: 82, reasons: ['It serves practical and vocational learning.'], placesFree: 1, penceAWeek: 41250n, metres: 3200 },
          { programmeId: 'programme-farm', providerId: 'provider-farm', name: 'Hill Farm', rank: 0, whyNot: ['No place is free on Tuesday.'], metres: -1 },
        ],
      }
    },
    offerPlacement(request, context) {
      enter(world, 'panel', context)
      if (request.days.length > 4) throw new ConnectError('The place on Friday has just been given to another pupil.', Code.FailedPrecondition)
      const caseId = world.panel.decisions.get(request.decisionId)?.caseId ?? ''
      return { placement: addPlacement(world, request.placementId, caseId, { days: request.days, startDay: request.startDay }) }
    },
    answerOffer(request, context) {
      enter(world, 'panel', context)
      return change(world, request.placementId, request.version, { state: request.answer === OfferAnswer.ACCEPT ? PlacementState.ACCEPTED : PlacementState.DECLINED })
    },
    startPlacement(request, context) {
      enter(world, 'panel', context)
      return change(world, request.placementId, request.version, { state: PlacementState.STARTED, startDay: request.startDay })
    },
    endPlacement(request, context) {
      enter(world, 'panel', context)
      return change(world, request.placementId, request.version, { state: PlacementState.ENDED, endedOn: request.day })
    },
    getPlacement(request, context) {
      enter(world, 'panel', context)
      const placement = world.panel.placements.get(request.placementId)
      if (!placement) throw notFound('placement')
      return { placement }
    },
    listPlacements(request, context) {
      const provider = enter(world, 'panel', context).roles.includes('provider')
      const all = [...world.panel.placements.values()].filter(one => !provider || one.providerId !== '').filter(one => (!request.caseId || one.caseId === request.caseId) && (request.states.length === 0 || request.states.includes(one.state)))
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { placements: rows, nextPageToken, total: BigInt(all.length) }
    },
  }
}
