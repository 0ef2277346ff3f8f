import { create } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { MinutesItemSchema, type MinutesItem, type MinutesService } from '../../gen/pathways/panel/v1/minutes_pb'
import type { RoomService } from '../../gen/pathways/panel/v1/room_pb'
import { DecisionState, SittingState, type Sitting } from '../../gen/pathways/panel/v1/service_pb'
import { TaskSchema, type Task, type TasksService } from '../../gen/pathways/panel/v1/tasks_pb'
import type { DemoPerson } from '../../dev-idp/people'
import { at, has, seesCase, type Fields } from './panelRecords'
import { enter, notFound, type World } from './world'

// What a sitting ends in: votes and interests as written down, minutes, tasks.

export interface StubMinutes {
  version: bigint
  words: Map<string, string>
  signedBy: string
}

function sittingOf(world: World, sittingId: string): Sitting {
  const found = world.panel.sittings.get(sittingId)
  if (!found) throw notFound('sitting')
  return found
}

export function room(world: World): Partial<ServiceImpl<typeof RoomService>> {
  return {
    getRoomMarks({ sittingId }, context) {
      enter(world, 'panel', context)
      const sitting = sittingOf(world, sittingId)
      const here = [...world.panel.decisions.values()].filter(one => one.sittingId === sittingId)
      return {
        agenda: String(sitting.version),
        decisions: here.map(one => `${one.version}.${one.state}.${one.votes.length}`).join('/') + sitting.agenda.map(item => item.interestedPersonIds.length).join('.'),
        places: String(world.panel.freePlaces),
      }
    },
    getRoom({ sittingId }, context) {
      const person = enter(world, 'panel', context)
      const sitting = sittingOf(world, sittingId)
      const here = [...world.panel.decisions.values()].filter(one => one.sittingId === sittingId)
      const promised = here.filter(one => one.state === DecisionState.FINAL && one.terms?.tier === 3).length
      return {
        at,
        tiers: [{ tier: 3, free: world.panel.freePlaces, promised }],
        programmes: [{ providerName: 'Riverside Practical Learning', name: 'Motor vehicle and maths', tier: 3, free: world.panel.freePlaces }],
        interests: sitting.agenda.flatMap(item => item.interestedPersonIds.map(personId => ({ caseId: item.panelCase?.caseId ?? '', personId, writtenBy: personId, at }))),
        votes: here.filter(one => seesCase(world, person, world.panel.cases.get(one.caseId)!)).flatMap(one => one.votes.map(vote => ({ decisionId: one.decisionId, personId: vote.personId, choice: vote.choice, writtenBy: 'demo-naomi-fletcher', at }))),
      }
    },
  }
}

function partsOf(world: World, person: DemoPerson, sitting: Sitting, kept: StubMinutes): MinutesItem[] {
  const part = (item: string, drafted: string, more: Fields<MinutesItem> = {}) => {
    const own = kept.words.get(item)
    return create(MinutesItemSchema, { item, words: own ?? drafted, edited: own !== undefined, ...more })
  }
  const cases = sitting.agenda.map(({ panelCase }) => world.panel.cases.get(panelCase?.caseId ?? '')).filter(one => one !== undefined && seesCase(world, person, one)) as NonNullable<Sitting['agenda'][number]['panelCase']>[]
  return [
    part('attendance', 'The panel met on Tuesday 24 November 2026 at 09:30. Venue: Room 4, Civic Centre.\n\nThere: the chair.', { members: sitting.members }),
    ...cases.map(one => part(one.caseId, 'Decided, by votes: 2 for, 0 against, 0 neither: alternative provision, tier 2.\n\nReasons: A practical programme fits.\n\nActions:\n- School, by 1 December 2026: Send the reading assessment.', { caseId: one.caseId, reference: one.reference, pupilId: one.pupilId, urn: one.urn, votes: [...world.panel.decisions.values()].find(({ caseId }) => caseId === one.caseId)?.votes ?? [] })),
    part('other', ''),
  ]
}

export function minutes(world: World): Partial<ServiceImpl<typeof MinutesService>> {
  const keptOf = (sittingId: string): StubMinutes => {
    const kept = world.panel.minutes.get(sittingId) ?? { version: 0n, words: new Map<string, string>(), signedBy: '' }
    world.panel.minutes.set(sittingId, kept)
    return kept
  }
  const shown = (person: DemoPerson, sittingId: string) => {
    const sitting = sittingOf(world, sittingId)
    if (has(person, 'manager')) throw new ConnectError('Minutes are for those who sat', Code.PermissionDenied)
    const kept = keptOf(sittingId)
    return {
      minutes: {
        sittingId,
        panelName: sitting.panelName,
        day: sitting.day,
        sittingState: sitting.state,
        version: kept.version,
        items: partsOf(world, person, sitting, kept),
        updatedAt: kept.version > 0n ? at : '',
        updatedBy: 'demo-naomi-fletcher',
        signedAt: kept.signedBy ? at : '',
        signedBy: kept.signedBy,
        digest: kept.signedBy ? 'ef'.repeat(32) : '',
        intact: true,
        editable: !kept.signedBy && has(person, 'panel_clerk', 'panel_chair'),
        signable: !kept.signedBy && sitting.state === SittingState.CLOSED && has(person, 'panel_chair'),
      },
    }
  }
  return {
    getMinutes: ({ sittingId }, context) => shown(enter(world, 'panel', context), sittingId),
    saveMinutesItem({ sittingId, version, item, words }, context) {
      const person = enter(world, 'panel', context)
      const kept = keptOf(sittingId)
      if (kept.version !== version) throw new ConnectError('changed since', Code.Aborted)
      if (words) kept.words.set(item, words)
      else kept.words.delete(item)
      kept.version += 1n
      return shown(person, sittingId)
    },
    signMinutes({ sittingId }, context) {
      const person = enter(world, 'panel', context)
      keptOf(sittingId).signedBy = person.sub
      return shown(person, sittingId)
    },
  }
}

export function addTask(world: World, taskId: string, caseId: string, change: Fields<Task> = {}): Task {
  const found = world.panel.cases.get(caseId)
  const task = create(TaskSchema, { taskId, caseId, reference: found?.reference, pupilId: found?.pupilId, urn: found?.urn, laCode: 999, what: 'Send the receiving school the pupil’s record, plans and safeguarding file.', code: 'send_record', ownerAgency: 'school', ownerUrn: found?.urn, due: '2026-12-01', sentAt: at, ...change })
  world.panel.tasks.set(taskId, task)
  return task
}

function owes(person: DemoPerson, { ownerAgency, ownerUrn }: Task): boolean {
  if (has(person, 'school')) return person.urns.includes(ownerUrn)
  return (has(person, 'inclusion_officer') && ownerAgency === 'authority') || (has(person, 'early_help_worker') && ownerAgency === 'early_help') || (has(person, 'panel_clerk') && ['authority', 'send', 'social_care'].includes(ownerAgency))
}

export function tasks(world: World): Partial<ServiceImpl<typeof TasksService>> {
  const seen = (person: DemoPerson) =>
    [...world.panel.tasks.values()].filter(one => owes(person, one) || (has(person, 'inclusion_officer', 'manager', 'panel_clerk', 'panel_chair') && person.la_codes.includes(one.laCode))).map(one => ({ ...one, mine: owes(person, one), what: has(person, 'manager') ? '' : one.what }))
  return {
    listTasks(request, context) {
      const found = seen(enter(world, 'panel', context)).filter(one => (one.doneOn !== '') === request.done && (!request.mine || one.mine) && (!request.overdue || one.overdue))
      return { tasks: found, nextPageToken: '', total: BigInt(found.length) }
    },
    completeTask({ taskId }, context) {
      const person = enter(world, 'panel', context)
      const task = world.panel.tasks.get(taskId)
      if (!task) throw notFound('task')
      return { task: Object.assign(task, { doneOn: '2026-11-24', doneBy: person.sub, overdue: false }) }
    },
    countTasks(_request, context) {
      const found = seen(enter(world, 'panel', context)).filter(({ doneOn }) => doneOn === '')
      const count = (list: unknown[]) => BigInt(list.length)
      return { mine: count(found.filter(({ mine }) => mine)), mineOverdue: count(found.filter(({ mine, overdue }) => mine && overdue)), overdue: count(found.filter(({ overdue }) => overdue)) }
    },
  }
}
