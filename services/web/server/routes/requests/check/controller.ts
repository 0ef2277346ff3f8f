import type { RequestHandler } from 'express'
import { RequestState } from '../../../../gen/pathways/referrals/v1/service_pb'
import { isConflict, isCorrectable, violationsOf } from '../../../clients/problems'
import type { FieldErrors } from '../../../components/errors'
import { pageView } from '../../../components/pageView'
import { render, seeOther } from '../../../components/render'
import { shutterOf } from '../../../requestForm/answers'
import type { Services } from '../../../services'
import { longDay } from '../../../text/dates'
import { renderConflict } from '../conflict'
import { fetchRequest, isWritable, loadRequest, loadWritable, pupilName } from '../loadRequest'
import { presentTasks } from '../taskList/presenter'
import { readVersion } from '../../../components/version'
import { checkView } from './view'

export function askAnswers({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const draft = await loadWritable(clients, request)
    if (shutterOf(draft)) return seeOther(response, `/requests/${draft.requestId}/stop`)
    if (!presentTasks(draft).ready) return seeOther(response, `/requests/${draft.requestId}`)
    render(response, 'requests/check/page', checkView(draft, await pupilName(clients, draft.pupilId), {}))
  }
}

export function send({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const draft = await loadRequest(clients, request)
    const sent = `/requests/${draft.requestId}/sent`
    // Sent a moment ago, by a second click or from another window.
    if (draft.state === RequestState.SUBMITTED) return seeOther(response, sent)
    if (!isWritable(draft)) return seeOther(response, `/requests/${draft.requestId}`)
    try {
      await clients.referrals.submitRequest({ requestId: draft.requestId, version: readVersion(request.body) })
      return seeOther(response, sent)
    } catch (error) {
      if (isConflict(error)) {
        const now = await fetchRequest(clients, draft.requestId)
        const keep = { href: `/requests/${now.requestId}/check`, text: 'Check the answers again' }
        return renderConflict(response, clients, { now, versions: [], keep })
      }
      const said = violationsOf(error)
      if (!isCorrectable(error) || said.length === 0) throw error
      const errors: FieldErrors = Object.fromEntries(said.map(({ field: path, description }) => [`answers-${path}`, description]))
      render(response, 'requests/check/page', checkView(draft, await pupilName(clients, draft.pupilId), errors))
    }
  }
}

export function showSent({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const sent = await loadRequest(clients, request)
    if (isWritable(sent)) return seeOther(response, `/requests/${sent.requestId}`)
    render(response, 'requests/check/sent', {
      ...pageView('Request sent to Early Help'),
      ...{
        requestId: sent.requestId,
        reference: sent.reference,
        pupil: await pupilName(clients, sent.pupilId),
        due: longDay(sent.decisionDue),
      },
    })
  }
}
