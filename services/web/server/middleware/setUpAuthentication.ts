import { Router, type Request, type Response } from 'express'
import { Code } from '@connectrpc/connect'
import { needsRenewal, renew } from '../auth/signedIn'
import { callContext } from '../clients/callContext'
import { isCode } from '../clients/problems'
import { seeOther } from '../components/render'
import type { Services } from '../services'

// Sends someone who is not signed in to sign in, and remembers where they were going and what they had written.
export async function askToSignIn(request: Request, response: Response): Promise<void> {
  delete request.session.signedIn
  // A page that keeps itself up to date is no place to return to.
  if (request.get('accept') === 'text/event-stream') return void response.status(401).end()
  // A file cannot be kept; the person comes back to the empty form.
  if (request.method === 'GET' || request.is('multipart/form-data')) {
    request.session.returnTo = request.originalUrl
  } else {
    keepForm(request)
  }
  await seeOther(response, '/sign-in')
}

const mostKept = 32 * 1024

function isFromOurPage(request: Request): boolean {
  const site = request.get('sec-fetch-site')
  if (site) return site === 'same-origin'
  // Browsers that do not say so yet.
  const origin = URL.parse(request.get('origin') ?? '')
  return origin !== null && origin.host === request.get('host')
}

// Only forms of our own pages are kept: another site must not be able to plant one.
function keepForm(request: Request): void {
  const body = request.body as Record<string, string | string[]> | undefined
  if (!body || !isFromOurPage(request) || Number(request.get('content-length')) > mostKept) return
  const fields = Object.entries(body)
    .filter(([name]) => name !== '_csrf')
    .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]))
  request.session.keptForm = { path: request.originalUrl, fields }
}

export function setUpAuthentication({ clients, identityProvider, now }: Services): Router {
  const router = Router()
  router.use(async (request, response, next) => {
    const { signedIn } = request.session
    if (!signedIn) return askToSignIn(request, response)
    if (needsRenewal(signedIn, now())) {
      const renewed = await renew(clients, identityProvider, signedIn, now()).catch((error: unknown) => {
        if (isCode(error, Code.Unauthenticated)) return undefined
        throw error
      })
      if (!renewed) return askToSignIn(request, response)
      request.session.signedIn = renewed
    }
    const context = callContext.getStore()
    if (context) context.token = request.session.signedIn?.token
    response.locals.user = request.session.signedIn?.person
    next()
  })
  return router
}
