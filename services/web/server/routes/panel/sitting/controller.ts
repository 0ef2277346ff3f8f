import { Code, ConnectError } from '@connectrpc/connect'
import type { RequestHandler } from 'express'
import { CaseState, SittingMove, type Sitting } from '../../../../gen/pathways/panel/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import type { Clients } from '../../../clients/clients'
import type { Option } from '../../../components/forms'
import { field, fields } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { readVersion } from '../../../components/version'
import { peopleById, pupilLabel, pupilsById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { plural } from '../../../text/figures'
import { dueWords } from '../cases/presenter'
import { idOf } from '../load'
import { readLiveRoom } from '../room/live'
import { fetchSitting } from './load'
import { canChangeAgenda, moved, presentAgenda, presentMembers, presentSitting } from './presenter'
import { sittingView } from './view'

// Complete cases of the sitting's phase that wait.
async function waitingCases(clients: Clients, { phase }: Sitting, day: string): Promise<Option[]> {
  const { cases } = await clients.panel.listCases({ states: [CaseState.REFERRED, CaseState.DECIDED], phase, pageSize: 200 })
  const complete = cases.filter(one => one.complete)
  const pupils = await pupilsById(clients, complete.map(({ pupilId }) => pupilId))
  return complete.map(one => ({ value: one.caseId, text: [`${pupilLabel(pupils.get(one.pupilId))} (${one.reference})`, dueWords(one, day)].filter(Boolean).join(', ') }))
}

export function showSitting({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const sitting = await fetchSitting(clients, idOf(request, 'sitting'))
    const manages = can(person, 'managePanel')
    const day = today(now())
    const [pupils, schools, people, waiting, live] = await Promise.all([
      pupilsById(clients, sitting.agenda.map(({ panelCase }) => panelCase?.pupilId ?? '')),
      schoolsByUrn(clients, [...sitting.agenda.map(({ panelCase }) => panelCase?.urn ?? 0), ...sitting.members.map(({ urn }) => urn)]),
      peopleById(clients, sitting.members.map(({ personId }) => personId)),
      manages && canChangeAgenda(sitting) ? waitingCases(clients, sitting, day) : [],
      canChangeAgenda(sitting) ? readLiveRoom(clients, sitting.sittingId) : undefined,
    ])
    const names = { pupils, schools, people }
    render(response, 'panel/sitting/page', sittingView({ sitting, facts: presentSitting(sitting, day), agenda: presentAgenda(sitting, names, day), members: presentMembers(sitting, names), manages, waiting, live, readsMinutes: can(person, 'readPanelWords') }))
  }
}

interface Wish {
  sitting: Sitting
  version: bigint
  caseId: string
  body: unknown
}

type Step = (clients: Clients, wish: Wish) => Promise<string>

function reorder(by: -1 | 1): Step {
  return async (clients, { sitting: { sittingId, agenda }, version, caseId }) => {
    await clients.panel.reorderAgenda({ sittingId, version, caseIds: moved(agenda.map(({ panelCase }) => panelCase?.caseId ?? ''), caseId, by) })
    return 'Agenda reordered.'
  }
}

function move(to: SittingMove, said: string): Step {
  return async (clients, { sitting: { sittingId }, version }) => {
    await clients.panel.moveSitting({ sittingId, version, move: to })
    return said
  }
}

const steps: Record<string, Step> = {
  up: reorder(-1),
  down: reorder(1),
  open: move(SittingMove.OPEN, 'The sitting is open.'),
  close: move(SittingMove.CLOSE, 'The sitting is closed.'),
  cancel: move(SittingMove.CANCEL, 'The sitting is cancelled; its cases wait for another.'),
  async fill(clients, { sitting, version }) {
    const { sitting: after } = await clients.panel.fillAgenda({ sittingId: sitting.sittingId, version })
    return `${plural((after?.agenda.length ?? 0) - sitting.agenda.length, 'case')} put on the agenda.`
  },
  async seal(clients, { sitting: { sittingId }, version }) {
    const { newlySealed } = await clients.panel.sealPacks({ sittingId, version })
    return `${plural(newlySealed, 'pack')} sealed.`
  },
  async add(clients, { sitting: { sittingId }, version, body }) {
    const caseId = field(body, 'case_id')
    if (caseId === '') throw new ConnectError('Choose the case to put on the agenda.', Code.FailedPrecondition)
    await clients.panel.addToAgenda({ sittingId, version, caseId })
    return 'Case put on the agenda.'
  },
  async attendance(clients, { sitting: { sittingId }, version, body }) {
    await clients.panel.recordAttendance({ sittingId, version, personIds: fields(body, 'person_ids') })
    return 'Saved who is there.'
  },
}

// Every button of the page, with the version its presser saw.
export function changeSitting({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const sitting = await fetchSitting(clients, idOf(request, 'sitting'))
    const [action = '', caseId = ''] = field(request.body, 'action').split(':')
    const step = Object.hasOwn(steps, action) ? steps[action] : undefined
    if (!step) throw new ConnectError('no such step', Code.NotFound)
    request.session.flash = await step(clients, { sitting, version: readVersion(request.body), caseId, body: request.body })
    await seeOther(response, `/panel/sittings/${sitting.sittingId}`)
  }
}
