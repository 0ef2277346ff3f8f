import { promisify } from 'node:util'
import { Router, type Request } from 'express'
import { exchange, type SignedIn } from '../../auth/signedIn'
import { callContext } from '../../clients/callContext'
import { pageView } from '../../components/pageView'
import { isOwnPath } from '../../components/query'
import { render, seeOther } from '../../components/render'
import { Code } from '@connectrpc/connect'
import { isCode } from '../../clients/problems'
import { schoolsByUrn } from '../../services/names'
import type { Services } from '../../services'

export function signInRoutes(services: Services): Router {
  const router = Router()
  router.get('/sign-in', async (request, response) => {
    const { url, checks } = await services.identityProvider.begin()
    request.session.signInChecks = checks
    await seeOther(response, url.href)
  })

  router.get('/sign-in/callback', async (request, response) => {
    const checks = request.session.signInChecks
    // The back button, or a second tab: start again rather than show a fault.
    if (!checks || typeof request.query.code !== 'string') return seeOther(response, checks ? '/sign-in/refused' : '/')
    const proof = await services.identityProvider.finish(new URL(request.originalUrl, services.config.url), checks)
    const signedIn = await exchange(services.clients, proof).catch((error: unknown) => {
      if (isCode(error, Code.PermissionDenied, Code.Unauthenticated, Code.NotFound)) return undefined
      throw error
    })
    if (!signedIn || signedIn.person.roles.length === 0) return seeOther(response, '/sign-in/refused')
    await seeOther(response, await startSession(request, await withSchools(services, signedIn)))
  })

  router.get('/sign-in/refused', (_request, response) => {
    render(response, 'signIn/refused', pageView('You cannot sign in to Pathways yet'), 403)
  })

  router.get('/signed-out', (_request, response) => {
    render(response, 'signIn/signedOut', pageView('You are signed out'))
  })
  return router
}

async function withSchools({ clients }: Services, signedIn: SignedIn): Promise<SignedIn> {
  const context = callContext.getStore()
  if (context) context.token = signedIn.token
  const names = await schoolsByUrn(clients, signedIn.person.urns)
  return { ...signedIn, person: { ...signedIn.person, schoolNames: [...names.values()] } }
}

// A new session id for the signed-in person, so that one planted before is worth nothing. Answers where to go.
async function startSession(request: Request, signedIn: SignedIn): Promise<string> {
  const { returnTo, keptForm, refusedAt } = request.session
  await promisify(request.session.regenerate.bind(request.session))()
  Object.assign(request.session, { signedIn, keptForm, refusedAt })
  if (keptForm) return '/sign-in/continue'
  return returnTo && isOwnPath(returnTo) ? returnTo : '/'
}

export function signOutRoutes({ identityProvider }: Services): Router {
  const router = Router()
  router.post('/sign-out', async (request, response) => {
    const { signedIn } = request.session
    await promisify(request.session.destroy.bind(request.session))()
    response.clearCookie('pathways_session')
    await seeOther(response, signedIn ? (await identityProvider.signOutUrl(signedIn.proof)).href : '/signed-out')
  })

  // What was being sent when the session ended.
  router.get('/sign-in/continue', (request, response) => {
    const { keptForm } = request.session
    if (!keptForm) return seeOther(response, '/')
    delete request.session.keptForm
    render(response, 'signIn/continue', { ...pageView('Send what you had written'), ...{ form: keptForm } })
  })
  return router
}
