import { create } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { OfferAnswer, Phase, PlacementSchema, PlacementState, ProviderSchema, type PanelService, type Placement } from '../../gen/pathways/panel/v1/service_pb'
import type { Fields } from './panelRecords'
import { enter, notFound, pageOf, type World } from './world'

export function addProvider(world: World): void {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri'].map(day => ({ day, places: 6, taken: 5 }))
  const programme = { programmeId: 'programme-motor', providerId: 'provider-yard', name: 'Motor vehicle and maths', tier: 2, phase: Phase.SECONDARY, needs: ['vocational'], penceAWeek: 41250n, days }
  world.panel.providers.set('provider-yard', create(ProviderSchema, { providerId: 'provider-yard', name: 'The Yard', registration: 'independent_school', open: true, concerns: ['The visit is overdue'], programmes: [programme] } as never))
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
      enter(world, 'panel', context)
      const all = [...world.panel.placements.values()].filter(one => (!request.caseId || one.caseId === request.caseId) && (request.states.length === 0 || request.states.includes(one.state)))
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { placements: rows, nextPageToken, total: BigInt(all.length) }
    },
  }
}
