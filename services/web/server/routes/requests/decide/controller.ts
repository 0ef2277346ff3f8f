import type { RequestHandler } from 'express'
import { Code, ConnectError } from '@connectrpc/connect'
import { RequestState, type Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import { isConflict, isCorrectable, violationsOf } from '../../../clients/problems'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import type { Option } from '../../../components/forms'
import { field } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import type { Services } from '../../../services'
import { renderConflict } from '../conflict'
import { fetchRequest, loadRequest, pupilName } from '../loadRequest'
import { readVersion } from '../../../components/version'
import { workers } from '../workers'
import { checkDecided, findDecision, readDecided, type Decided, type DecisionKind } from './form'
import { checkView, chooseView, detailsView } from './view'

function kindOf(name: unknown): DecisionKind {
  const kind = findDecision(name)
  if (!kind) throw new ConnectError('no such decision', Code.NotFound)
  return kind
}

function isOpen({ state }: EarlyHelpRequest): boolean {
  return state === RequestState.SUBMITTED
}

export function askDecision({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadRequest(clients, request)
    if (!isOpen(found)) return seeOther(response, `/requests/${found.requestId}`)
    render(response, 'requests/decide/choose', chooseView(found, await pupilName(clients, found.pupilId), {}))
  }
}

export function chooseDecision({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadRequest(clients, request)
    const kind = findDecision(field(request.body, 'decision'))
    if (kind) return seeOther(response, `/requests/${found.requestId}/decide/${kind.name}`)
    const errors = { decision: 'Select what you decide' }
    render(response, 'requests/decide/choose', chooseView(found, await pupilName(clients, found.pupilId), errors))
  }
}

async function workersFor(services: Services, kind: DecisionKind): Promise<Option[]> {
  return kind.name === 'accept' ? workers(services.clients) : []
}

export function askDetails(services: Services): RequestHandler {
  return async (request, response) => {
    const kind = kindOf(request.params.decision)
    const found = await loadRequest(services.clients, request)
    if (!isOpen(found)) return seeOther(response, `/requests/${found.requestId}`)
    const empty: Decided = { note: '', code: '', workerId: '' }
    const pupil = await pupilName(services.clients, found.pupilId)
    render(response, 'requests/decide/details', detailsView({ found, pupil, kind, decided: empty, version: found.version }, await workersFor(services, kind), {}))
  }
}

// Three steps by one address: the details are checked, then shown once more, then sent.
export function decide(services: Services): RequestHandler {
  const { clients } = services
  return async (request, response) => {
    const kind = kindOf(request.params.decision)
    const found = await loadRequest(clients, request)
    const decided = readDecided(kind, request.body)
    const step = field(request.body, 'step')
    const at = { found, kind, decided, version: readVersion(request.body), pupil: await pupilName(clients, found.pupilId) }
    const details = async (errors: FieldErrors) =>
      render(response, 'requests/decide/details', detailsView(at, await workersFor(services, kind), errors))

    const errors = step === 'change' ? {} : checkDecided(kind, decided)
    if (step === 'change' || hasErrors(errors)) return details(errors)
    if (step !== 'confirm') return render(response, 'requests/decide/check', checkView(at, await workersFor(services, kind)))
    try {
      await clients.referrals.decideRequest({ requestId: found.requestId, version: at.version, decision: kind.decision, ...decided })
    } catch (error) {
      if (isConflict(error)) return conflict(services, response, found.requestId, kind, decided)
      const said = violationsOf(error)
      if (!isCorrectable(error) || said.length === 0) throw error
      return details(Object.fromEntries(said.map(({ field: path, description }) => [path === 'worker_id' ? 'worker' : path, description])))
    }
    request.session.flash = kind.done
    await seeOther(response, `/requests/${found.requestId}`)
  }
}

async function conflict({ clients }: Services, response: Parameters<RequestHandler>[1], requestId: string, kind: DecisionKind, decided: Decided): Promise<void> {
  const now = await fetchRequest(clients, requestId)
  const fields: [string, string][] = [
    ['version', String(now.version)],
    ['note', decided.note],
    ['code', decided.code],
    ['worker', decided.workerId],
  ]
  return renderConflict(response, clients, {
    now,
    versions: decided.note || now.decisionNote ? [{ question: 'Words to the school', yours: decided.note || 'None', theirs: now.decisionNote || 'None' }] : [],
    again: isOpen(now) ? { action: `/requests/${requestId}/decide/${kind.name}`, fields, text: 'Look at my decision again' } : undefined,
    keep: { href: `/requests/${requestId}`, text: 'See the request as it is now' },
  })
}
