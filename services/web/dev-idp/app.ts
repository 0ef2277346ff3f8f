import express, { type Express } from 'express'
import type { IdpConfig } from './config'
import { choosePage } from './pages'
import { findPerson, people } from './people'
import { createProvider } from './provider'

export function createIdp(config: IdpConfig): Express {
  const provider = createProvider(config)
  const app = express()
  app.disable('x-powered-by')

  app.get('/people/:uid', (request, response) => {
    response.type('html').send(choosePage(`/people/${request.params.uid}`, people))
  })
  // Parsed here only: oidc-provider reads its own bodies.
  app.post('/people/:uid', express.urlencoded({ extended: false }), async (request, response) => {
    const { sub } = request.body as { sub?: string }
    const person = findPerson(sub ?? '')
    if (!person) return response.redirect(303, `/people/${request.params.uid}`)
    return provider.interactionFinished(request, response, { login: { accountId: person.sub } })
  })
  app.use(provider.callback())
  return app
}
