import { clone, create } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import {
  AgendaItemSchema,
  CaseState,
  DecisionKind,
  DecisionState,
  PanelSchema,
  QuorumSchema,
  Seat,
  SittingMove,
  SittingSchema,
  SittingState,
  type AgendaItem,
  type PanelService,
  type Sitting,
} from '../../gen/pathways/panel/v1/service_pb'
import type { DemoPerson } from '../../dev-idp/people'
import { addDecision, addSitting, at, findCase, seesCase, tell } from './panelRecords'
import { enter, notFound, pageOf, violations, type World } from './world'

function find(world: World, sittingId: string): Sitting {
  const found = world.panel.sittings.get(sittingId)
  if (!found) throw notFound('sitting')
  return found
}

export function agendaItem(world: World, caseId: string, position: number): AgendaItem {
  return create(AgendaItemSchema, { panelCase: world.panel.cases.get(caseId), position, addedBy: 'clock', sealed: world.panel.cases.get(caseId)?.sealed })
}

// As the service would answer it: cases as they now are, and whether enough people are there.
function shown(world: World, person: DemoPerson, sitting: Sitting): Sitting {
  const copy = clone(SittingSchema, sitting)
  const chair = copy.members.some(one => one.attended && one.seat === Seat.CHAIR)
  const heads = copy.members.filter(one => one.attended && one.seat === Seat.HEAD_TEACHER).length
  const lacking = [...(chair ? [] : ['the chair']), ...(heads >= 1 ? [] : ['a head teacher'])]
  copy.agenda = copy.agenda
    .map(item => ({ ...item, panelCase: world.panel.cases.get(item.panelCase?.caseId ?? ''), quorum: create(QuorumSchema, { met: lacking.length === 0, lacking }) }))
    .filter(({ panelCase }) => panelCase && seesCase(world, person, panelCase))
  for (const item of copy.agenda) {
    const decision = [...world.panel.decisions.values()].find(one => one.caseId === item.panelCase?.caseId && one.sittingId === copy.sittingId)
    Object.assign(item, { decisionId: decision?.decisionId ?? '', decided: decision?.state === DecisionState.FINAL })
  }
  copy.cases = copy.agenda.length
  return copy
}

function change(world: World, person: DemoPerson, sittingId: string, version: bigint, apply: (sitting: Sitting) => void) {
  const found = find(world, sittingId)
  if (found.version !== version) throw new ConnectError('changed since', Code.Aborted)
  apply(found)
  found.agenda.forEach((item, index) => (item.position = index + 1))
  Object.assign(found, { version: found.version + 1n, updatedAt: at, updatedBy: person.sub })
  return { sitting: shown(world, person, found) }
}

function putOn(world: World, sitting: Sitting, caseId: string): void {
  sitting.agenda.push(agendaItem(world, caseId, sitting.agenda.length + 1))
  const found = world.panel.cases.get(caseId)
  if (found) Object.assign(found, { state: CaseState.SCHEDULED, sittingId: sitting.sittingId, sittingDay: sitting.day })
}

function sittings(world: World): Partial<ServiceImpl<typeof PanelService>> {
  return {
    listPanels(_request, context) {
      enter(world, 'panel', context)
      return { panels: [...world.panel.panels.values()] }
    },
    savePanel({ panel }, context) {
      enter(world, 'panel', context)
      if (!panel) throw violations(Code.InvalidArgument, { panel: 'Say which panel' })
      const saved = clone(PanelSchema, panel)
      saved.version += 1n
      world.panel.panels.set(saved.panelId, saved)
      return { panel: saved }
    },
    saveSitting(request, context) {
      const person = enter(world, 'panel', context)
      if (!world.panel.sittings.has(request.sittingId)) addSitting(world, request.sittingId, { version: 0n })
      return change(world, person, request.sittingId, request.version, one => Object.assign(one, { day: request.day, startsAt: request.startsAt, venue: request.venue, capacity: request.capacity || 8, members: request.members }))
    },
    moveSitting(request, context) {
      const states = { [SittingMove.UNSPECIFIED]: 0, [SittingMove.OPEN]: SittingState.OPEN, [SittingMove.CLOSE]: SittingState.CLOSED, [SittingMove.CANCEL]: SittingState.CANCELLED }
      return change(world, enter(world, 'panel', context), request.sittingId, request.version, one => (one.state = states[request.move]))
    },
    getSitting(request, context) {
      return { sitting: shown(world, enter(world, 'panel', context), find(world, request.sittingId)) }
    },
    listSittings(request, context) {
      const person = enter(world, 'panel', context)
      const all = [...world.panel.sittings.values()].filter(one => request.states.length === 0 || request.states.includes(one.state))
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { sittings: rows.map(one => ({ ...shown(world, person, one), agenda: [] })), nextPageToken, total: BigInt(all.length) }
    },
    recordAttendance(request, context) {
      return change(world, enter(world, 'panel', context), request.sittingId, request.version, one => one.members.forEach(member => (member.attended = request.personIds.includes(member.personId))))
    },
  }
}

function agenda(world: World): Partial<ServiceImpl<typeof PanelService>> {
  return {
    fillAgenda(request, context) {
      return change(world, enter(world, 'panel', context), request.sittingId, request.version, one => {
        for (const { caseId, state, complete } of world.panel.cases.values()) if (complete && state === CaseState.REFERRED) putOn(world, one, caseId)
      })
    },
    reorderAgenda(request, context) {
      return change(world, enter(world, 'panel', context), request.sittingId, request.version, one => {
        one.agenda = request.caseIds.flatMap(id => one.agenda.find(({ panelCase }) => panelCase?.caseId === id) ?? [])
      })
    },
    addToAgenda(request, context) {
      return change(world, enter(world, 'panel', context), request.sittingId, request.version, one => putOn(world, one, request.caseId))
    },
    removeFromAgenda(request, context) {
      return change(world, enter(world, 'panel', context), request.sittingId, request.version, one => {
        one.agenda = one.agenda.filter(({ panelCase }) => panelCase?.caseId !== request.caseId)
        Object.assign(world.panel.cases.get(request.caseId) ?? {}, { state: CaseState.REFERRED })
      })
    },
    declareInterest(request, context) {
      const person = enter(world, 'panel', context)
      const personId = request.personId || person.sub
      find(world, request.sittingId).agenda.find(({ panelCase }) => panelCase?.caseId === request.caseId)?.interestedPersonIds.push(personId)
      return { personId }
    },
    sealPacks(request, context) {
      const { sitting } = change(world, enter(world, 'panel', context), request.sittingId, request.version, one => {
        for (const item of one.agenda) {
          item.sealed = true
          Object.assign(world.panel.cases.get(item.panelCase?.caseId ?? '') ?? {}, { sealed: true })
        }
      })
      return { sitting, newlySealed: sitting.agenda.length }
    },
    getPack(request, context) {
      const found = findCase(world, enter(world, 'panel', context), request.caseId)
      if (!found.sealed) throw notFound('pack')
      return { pack: { sittingId: request.sittingId, caseId: request.caseId, sealedAt: at, sealedBy: 'demo-naomi-fletcher', digest: 'ab'.repeat(32), sections: found.sections, facts: found.facts, intact: true } }
    },
  }
}

function decisions(world: World): Partial<ServiceImpl<typeof PanelService>> {
  return {
    proposeDecision(request, context) {
      enter(world, 'panel', context)
      const known = world.panel.decisions.get(request.decisionId)
      if (known && known.version !== request.version) throw new ConnectError('changed since', Code.Aborted)
      return { decision: known ? Object.assign(known, { terms: request.terms, version: known.version + 1n }) : addDecision(world, request.decisionId, request.caseId, request.terms ?? {}, { sittingId: request.sittingId }) }
    },
    castVote(request, context) {
      const person = enter(world, 'panel', context)
      const decision = world.panel.decisions.get(request.decisionId)
      if (!decision) throw notFound('decision')
      const personId = request.personId || person.sub
      decision.votes = [...decision.votes.filter(vote => vote.personId !== personId), { $typeName: 'pathways.panel.v1.Vote', personId, choice: request.choice }]
      return { decision }
    },
    signOffDecision(request, context) {
      const person = enter(world, 'panel', context)
      const decision = world.panel.decisions.get(request.decisionId)
      if (!decision) throw notFound('decision')
      if (decision.version !== request.version) throw new ConnectError('changed since', Code.Aborted)
      Object.assign(decision, { state: DecisionState.FINAL, signedOffAt: at, signedOffBy: person.sub, version: decision.version + 1n })
      const panelCase = findCase(world, person, decision.caseId)
      const deferred = decision.terms?.kind === DecisionKind.DEFERRAL
      Object.assign(panelCase, { state: deferred ? CaseState.REFERRED : CaseState.DECIDED, decisionId: decision.decisionId })
      tell(world, panelCase, { kind: 'panel_decided', personId: person.sub, role: person.roles[0], code: 'alternative_provision' })
      return { decision, panelCase }
    },
    listDecisions(request, context) {
      enter(world, 'panel', context)
      return { decisions: [...world.panel.decisions.values()].filter(one => (request.caseId ? one.caseId === request.caseId : one.sittingId === request.sittingId)) }
    },
  }
}

export function panelRoom(world: World): Partial<ServiceImpl<typeof PanelService>> {
  return { ...sittings(world), ...agenda(world), ...decisions(world) }
}
