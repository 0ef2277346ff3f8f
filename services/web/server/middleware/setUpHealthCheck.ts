import { Router } from 'express'

// Alive and able to answer. It asks no backend: a page says by itself what it could not reach, and restarting the web
// tier would not mend them.
export function setUpHealthCheck(): Router {
  const router = Router()
  router.get('/health', (_request, response) => {
    response.set('cache-control', 'no-store').json({ status: 'up' })
  })
  return router
}
