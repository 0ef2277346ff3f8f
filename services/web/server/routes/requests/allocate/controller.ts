import type { RequestHandler } from 'express'
import { isConflict, isCorrectable, violationsOf } from '../../../clients/problems'
import type { FieldErrors } from '../../../components/errors'
import { field } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import type { Services } from '../../../services'
import { renderConflict } from '../conflict'
import { fetchRequest, loadRequest, pupilName } from '../loadRequest'
import { readVersion } from '../../../components/version'
import { workers } from '../workers'
import { allocateView } from './view'

export function askWhoHolds({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadRequest(clients, request)
    const view = allocateView(found, await pupilName(clients, found.pupilId), await workers(clients), found.workerId, {})
    render(response, 'requests/allocate/page', view)
  }
}

export function allocate({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadRequest(clients, request)
    const options = await workers(clients)
    const workerId = field(request.body, 'worker')
    const again = async (errors: FieldErrors) =>
      render(response, 'requests/allocate/page', allocateView(found, await pupilName(clients, found.pupilId), options, workerId, errors))
    const chosen = options.find(({ value }) => value === workerId)
    if (!chosen) return again({ worker: 'Select who holds the request' })
    try {
      await clients.referrals.allocateRequest({ requestId: found.requestId, version: readVersion(request.body), workerId })
    } catch (error) {
      const [violation] = violationsOf(error)
      if (isConflict(error)) {
        const now = await fetchRequest(clients, found.requestId)
        const theirs = options.find(({ value }) => value === now.workerId)?.text ?? 'Nobody'
        return renderConflict(response, clients, {
          now,
          versions: [{ question: 'Who holds it', yours: chosen.text, theirs }],
          again: { action: `/requests/${now.requestId}/allocate`, fields: [['version', String(now.version)], ['worker', workerId]], text: 'Replace it with mine' },
          keep: { href: `/requests/${now.requestId}`, text: 'Keep what is there' },
        })
      }
      if (!isCorrectable(error) || !violation) throw error
      return again({ worker: violation.description })
    }
    request.session.flash = `${chosen.text} holds the request now.`
    await seeOther(response, `/requests/${found.requestId}`)
  }
}
