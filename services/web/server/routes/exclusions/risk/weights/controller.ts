import type { RequestHandler, Response } from 'express'
import type { GetRiskWeightsResponse } from '../../../../../gen/pathways/exclusions/v1/risk_pb'
import type { Person } from '../../../../auth/person'
import { fileDeadlineMs, type Clients } from '../../../../clients/clients'
import { isConflict, isCorrectable, violationsOf } from '../../../../clients/problems'
import { hasErrors, type FieldErrors } from '../../../../components/errors'
import { field, readQuery } from '../../../../components/query'
import { checkReason } from '../../../../components/reason'
import { render, seeOther } from '../../../../components/render'
import { readVersion } from '../../../../components/version'
import { renderConflict } from '../../../../services/conflict'
import { peopleById, schoolsByUrn } from '../../../../services/names'
import type { Services } from '../../../../services'
import { today } from '../../../../text/dates'
import { yearName, yearOf, yearsBefore } from '../../../../text/trends'
import { fieldOf, readTyped, readWeights, typedFrom, type Typed } from './form'
import { differences, presentRehearsal } from './presenter'
import { draftView, reasonLimit, rehearsalView, switchView, weightsView } from './view'

const path = '/exclusions/risk/weights'

function laOf(response: Response): number {
  return (response.locals.user as Person).laCodes[0] ?? 0
}

function weightsOf(clients: Clients, response: Response): Promise<GetRiskWeightsResponse> {
  return clients.risk.getRiskWeights({ laCode: laOf(response) })
}

export function showWeights({ clients }: Services): RequestHandler {
  return async (_request, response) => {
    const found = await weightsOf(clients, response)
    const people = await peopleById(clients, [...found.history.map(one => one.switchedOnBy), found.draft?.updatedBy ?? ''])
    render(response, 'exclusions/risk/weights/page', weightsView(found, people, response.locals.user as Person))
  }
}

// A draft begins as a copy of what is on.
export function askWeights({ clients }: Services): RequestHandler {
  return async (_request, response) => {
    const { draft, current } = await weightsOf(clients, response)
    render(response, 'exclusions/risk/weights/draft', draftView(typedFrom(draft?.weights ?? current?.weights), draft?.version ?? 0n, {}))
  }
}

// Where mine and a colleague's differ; mine can be saved on top.
async function showDraftConflict(clients: Clients, response: Response, typed: Typed): Promise<void> {
  const { draft } = await weightsOf(clients, response)
  const { weights } = readWeights(typed)
  await renderConflict(response, clients, {
    what: 'draft',
    state: '',
    updatedBy: draft?.updatedBy ?? '',
    updatedAt: draft?.updatedAt ?? '',
    versions: differences(weights, draft?.weights).map(({ name, one, other }) => ({ question: name, yours: one, theirs: other })),
    again: { action: `${path}/draft`, fields: [['version', String(draft?.version ?? 0n)], ...Object.entries(typed).filter(([, value]) => value !== '')], text: 'Replace it with mine' },
    keep: { href: `${path}/draft`, text: 'Go on with the draft as it is now' },
  })
}

export function saveWeights({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const typed = readTyped(request.body)
    const version = readVersion(request.body)
    const { weights, errors } = readWeights(typed)
    const again = (wrong: FieldErrors) => render(response, 'exclusions/risk/weights/draft', draftView(typed, version, wrong))
    if (hasErrors(errors)) return again(errors)
    try {
      await clients.risk.saveRiskWeights({ laCode: laOf(response), version, weights })
    } catch (error) {
      if (isConflict(error)) return showDraftConflict(clients, response, typed)
      const said = violationsOf(error)
      if (!isCorrectable(error) || said.length === 0) throw error
      return again(Object.fromEntries(said.map(one => [fieldOf(one.field), one.description])))
    }
    request.session.flash = 'The draft is saved. It is not in force: see first what it would have proposed.'
    await seeOther(response, `${path}/rehearsal`)
  }
}

export function showRehearsal({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const last = yearsBefore(yearOf(today(now())), 1)
    const offered = [last + 101, last, yearsBefore(last, 1)]
    const chosen = offered.find(year => String(year) === readQuery(request, ['year']).year) ?? last
    const { draft } = await weightsOf(clients, response)
    if (!draft) return seeOther(response, path)
    const found = await clients.risk.rehearseRiskWeights({ laCode: laOf(response), academicYear: chosen }, { timeoutMs: fileDeadlineMs })
    const schools = await schoolsByUrn(clients, found.schools.map(({ urn }) => urn))
    const years = offered.map(year => ({ value: String(year), text: yearName(year), selected: year === chosen }))
    render(response, 'exclusions/risk/weights/rehearsal', rehearsalView(presentRehearsal(found, schools), years))
  }
}

export function askSwitchOn({ clients }: Services): RequestHandler {
  return async (_request, response) => {
    const { draft, current } = await weightsOf(clients, response)
    if (!draft) return seeOther(response, path)
    render(response, 'form', switchView(differences(current?.weights, draft.weights), draft.version, '', {}))
  }
}

export function switchOn({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const version = readVersion(request.body)
    const reason = field(request.body, 'reason').replaceAll('\r\n', '\n')
    const { draft, current } = await weightsOf(clients, response)
    if (!draft) return seeOther(response, path)
    const errors = checkReason('reason', reason, reasonLimit, 'Enter why the weights are changed')
    if (hasErrors(errors)) return render(response, 'form', switchView(differences(current?.weights, draft.weights), version, reason, errors))
    try {
      await clients.risk.switchOnRiskWeights({ laCode: laOf(response), version, reason })
    } catch (error) {
      if (!isConflict(error)) throw error
      const { updatedBy, updatedAt } = draft
      const keep = { href: `${path}/rehearsal`, text: 'See what it would have proposed as it is now' }
      return renderConflict(response, clients, { what: 'draft', state: '', updatedBy, updatedAt, versions: [], keep })
    }
    request.session.flash = 'The weights are on. Pathways weighs every pupil’s facts anew; that takes a minute or two.'
    await seeOther(response, path)
  }
}
