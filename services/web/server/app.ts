import express, { type Express } from 'express'
import { errorHandler, notFound } from './errorHandler'
import { setUpAuthentication } from './middleware/setUpAuthentication'
import { setUpCsrf } from './middleware/setUpCsrf'
import { setUpCurrentUser } from './middleware/setUpCurrentUser'
import { setUpHealthCheck } from './middleware/setUpHealthCheck'
import { setUpRequestContext } from './middleware/setUpRequestContext'
import { setUpRequestParsing } from './middleware/setUpRequestParsing'
import { setUpStaticResources } from './middleware/setUpStaticResources'
import { setUpWebSecurity } from './middleware/setUpWebSecurity'
import { setUpWebSession } from './middleware/setUpWebSession'
import { openRoutes, routes } from './routes'
import type { Services } from './services'
import { setUpNunjucks } from './setUpNunjucks'

export function createApp(services: Services): Express {
  const { config } = services
  const app = express()
  app.disable('x-powered-by')
  if (config.url.protocol === 'https:') app.set('trust proxy', 1)
  setUpNunjucks(app, config.council)

  app.use(setUpHealthCheck())
  app.use(setUpRequestContext(services.logger))
  app.use(setUpWebSecurity(config))
  app.use(setUpStaticResources())
  app.use(setUpWebSession(config, services.sessionStore))
  app.use(setUpRequestParsing())
  app.use(openRoutes(services))
  app.use(setUpAuthentication(services))
  app.use(setUpCsrf())
  app.use(setUpCurrentUser())
  app.use(routes(services))
  app.use(notFound)
  app.use(errorHandler(services))
  return app
}
