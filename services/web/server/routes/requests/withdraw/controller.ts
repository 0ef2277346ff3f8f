import type { RequestHandler } from 'express'
import { isConflict, isCorrectable, violationsOf } from '../../../clients/problems'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import { field } from '../../../components/query'
import { checkReason } from '../../../components/reason'
import { render, seeOther } from '../../../components/render'
import type { Services } from '../../../services'
import { renderConflict } from '../conflict'
import { fetchRequest, isWithdrawable, loadRequest, pupilName } from '../loadRequest'
import { readVersion } from '../../../components/version'
import { reasonLimit, withdrawView } from './view'

export function askWithdraw({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadRequest(clients, request)
    if (!isWithdrawable(found)) return seeOther(response, `/requests/${found.requestId}`)
    render(response, 'requests/withdraw/page', withdrawView(found, await pupilName(clients, found.pupilId), '', {}))
  }
}

export function withdraw({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadRequest(clients, request)
    const reason = field(request.body, 'reason')
    const version = readVersion(request.body)
    const again = async (errors: FieldErrors) =>
      render(response, 'requests/withdraw/page', withdrawView(found, await pupilName(clients, found.pupilId), reason, errors))
    const errors = checkReason('reason', reason, reasonLimit, 'Enter why you withdraw the request')
    if (hasErrors(errors)) return again(errors)
    try {
      await clients.referrals.withdrawRequest({ requestId: found.requestId, version, reason })
    } catch (error) {
      const [violation] = violationsOf(error)
      if (isConflict(error)) {
        const now = await fetchRequest(clients, found.requestId)
        return renderConflict(response, clients, {
          now,
          versions: [],
          again: isWithdrawable(now)
            ? { action: `/requests/${now.requestId}/withdraw`, fields: [['version', String(now.version)], ['reason', reason]], text: 'Withdraw it all the same' }
            : undefined,
          keep: { href: `/requests/${now.requestId}`, text: 'See the request as it is now' },
        })
      }
      if (!isCorrectable(error) || !violation) throw error
      return again({ reason: violation.description })
    }
    request.session.flash = 'The request is withdrawn.'
    await seeOther(response, `/requests/${found.requestId}`)
  }
}
