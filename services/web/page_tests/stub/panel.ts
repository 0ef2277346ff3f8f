import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { CaseEnd, CaseState, Origin, PlacementState, type PanelService } from '../../gen/pathways/panel/v1/service_pb'
import { panelRoom } from './panelRoom'
import { panelPlaces } from './panelPlaces'
import { addAction, addCase, at, changeCase, findCase, has, sectionOf, seesCase, shownTo, tell } from './panelRecords'
import { accessEntries } from './registry'
import { enter, notFound, pageOf, violations, type World } from './world'

const today = '2026-11-24'

function cases(world: World): Partial<ServiceImpl<typeof PanelService>> {
  return {
    createCase(request, context) {
      const person = enter(world, 'panel', context)
      const known = world.panel.cases.get(request.caseId)
      const origin = request.requestId ? Origin.STEP_UP : has(person, 'school') ? Origin.SCHOOL : Origin.OFFICER
      return { panelCase: known ?? addCase(world, request.caseId, request.pupilId, { state: CaseState.DRAFT, origin, requestId: request.requestId, sections: [], version: 1n, createdAt: at, createdBy: person.sub, referredAt: '', updatedAt: at, updatedBy: person.sub }) }
    },
    saveCaseSection(request, context) {
      const person = enter(world, 'panel', context)
      const answers = Object.fromEntries((request.section?.answers ?? []).map(({ key, value }) => [key, value]))
      if (Object.values(answers).some(value => value.includes('refuse me'))) throw violations(Code.InvalidArgument, { 'section.answers.reason': 'Write it in other words' })
      const name = request.section?.name ?? ''
      return { panelCase: changeCase(world, person, request.caseId, request.version, found => (found.sections = [...found.sections.filter(one => one.name !== name), sectionOf(name, answers)])) }
    },
    referCase(request, context) {
      const person = enter(world, 'panel', context)
      const panelCase = changeCase(world, person, request.caseId, request.version, found => Object.assign(found, { state: CaseState.REFERRED, referredAt: at }))
      tell(world, panelCase, { kind: 'case_referred', personId: person.sub, role: person.roles[0] })
      return { panelCase }
    },
    endCase(request, context) {
      const person = enter(world, 'panel', context)
      const state = request.end === CaseEnd.WITHDRAWN ? CaseState.WITHDRAWN : CaseState.CLOSED
      const panelCase = changeCase(world, person, request.caseId, request.version, found => Object.assign(found, { state, closedWords: request.reason, closedReason: 'ended' }))
      tell(world, panelCase, { kind: 'case_withdrawn', personId: person.sub, role: person.roles[0], note: request.reason })
      return { panelCase }
    },
    getCase(request, context) {
      const person = enter(world, 'panel', context)
      return { panelCase: shownTo(person, findCase(world, person, request.caseId)) }
    },
    listCases(request, context) {
      const person = enter(world, 'panel', context)
      const all = [...world.panel.cases.values()]
        .filter(one => seesCase(world, person, one))
        .filter(one => request.states.length === 0 || request.states.includes(one.state))
        .filter(one => (!request.urn || one.urn === request.urn) && (!request.phase || one.phase === request.phase) && (!request.origin || one.origin === request.origin))
        .filter(one => (!request.pupilId || one.pupilId === request.pupilId) && (!request.exclusionId || one.exclusionId === request.exclusionId))
        .filter(one => !request.incomplete || !one.complete)
        .sort((one, other) => (one.due || '9').localeCompare(other.due || '9'))
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { cases: rows.map(one => ({ ...one, sections: [], facts: [], missing: [] })), nextPageToken, total: BigInt(all.length) }
    },
  }
}

function around(world: World): Partial<ServiceImpl<typeof PanelService>> {
  return {
    addAction(request, context) {
      enter(world, 'panel', context)
      return { action: addAction(world, request.actionId, request.caseId, { what: request.what, ownerAgency: request.ownerAgency, due: request.due, overdue: false }) }
    },
    completeAction(request, context) {
      const person = enter(world, 'panel', context)
      const action = world.panel.actions.get(request.actionId)
      if (!action) throw notFound('action')
      return { action: Object.assign(action, { doneOn: today, doneBy: person.sub, overdue: false }) }
    },
    listActions(request, context) {
      enter(world, 'panel', context)
      return { actions: [...world.panel.actions.values()].filter(({ caseId }) => caseId === request.caseId), nextPageToken: '', total: 0n }
    },
    listTimeline(request, context) {
      enter(world, 'panel', context)
      const { rows, nextPageToken } = pageOf(world.panel.history.filter(({ pupilId }) => pupilId === request.pupilId), request.pageSize, request.pageToken)
      return { entries: rows, nextPageToken }
    },
    getWorkCounts(_request, context) {
      const person = enter(world, 'panel', context)
      if (person.roles.every(role => role === 'provider')) throw new ConnectError('This is not for alternative providers', Code.PermissionDenied)
      const seen = [...world.panel.cases.values()].filter(one => seesCase(world, person, one))
      const of = (state: CaseState) => seen.filter(one => one.state === state)
      const count = (list: unknown[]) => BigInt(list.length)
      const placements = (state: PlacementState) => [...world.panel.placements.values()].filter(one => one.state === state)
      const waiting = [...of(CaseState.REFERRED), ...of(CaseState.SCHEDULED)]
      return {
        drafts: count(of(CaseState.DRAFT)),
        referred: count(of(CaseState.REFERRED)),
        incomplete: count(of(CaseState.REFERRED).filter(one => !one.complete)),
        overdue: count(waiting.filter(({ due }) => due !== '' && due < today)),
        scheduled: count(of(CaseState.SCHEDULED)),
        unplaced: count(of(CaseState.DECIDED)),
        offers: count(placements(PlacementState.OFFERED)),
        placed: count(placements(PlacementState.STARTED)),
      }
    },
    listAccessHistory(request, context) {
      enter(world, 'panel', context)
      const { rows, nextPageToken } = pageOf(accessEntries('panel', 2), request.pageSize, request.pageToken)
      return { entries: rows, nextPageToken }
    },
  }
}

export function panel(world: World): Partial<ServiceImpl<typeof PanelService>> {
  return { ...cases(world), ...around(world), ...panelRoom(world), ...panelPlaces(world) }
}
