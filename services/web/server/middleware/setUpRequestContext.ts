import { randomBytes } from 'node:crypto'
import { Router } from 'express'
import { callContext, newCallContext } from '../clients/callContext'
import type { Logger } from '../logger'

// Gives every request its ids and logs how it ended.
export function setUpRequestContext(logger: Logger): Router {
  const router = Router()
  router.use((request, response, next) => {
    const context = newCallContext()
    const started = performance.now()
    response.locals.cspNonce = randomBytes(16).toString('base64')
    response.set('x-request-id', context.requestId)
    response.on('finish', () => {
      logger.info({
        requestId: context.requestId,
        traceId: context.traceId,
        method: request.method,
        route: String(request.route?.path ?? 'none'),
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - started),
      })
    })
    callContext.run(context, next)
  })
  return router
}
