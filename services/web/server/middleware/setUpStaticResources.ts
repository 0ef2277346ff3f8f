import compression from 'compression'
import express, { Router } from 'express'
import { assetsDirectory } from '../paths'

// File names carry a hash of their content, so browsers may keep them for good.
export function setUpStaticResources(): Router {
  const router = Router()
  router.use(compression())
  router.use('/assets', express.static(assetsDirectory, { immutable: true, maxAge: '365d', index: false, fallthrough: false }))
  router.use((_request, response, next) => {
    // Pages about children are not to be found in a shared computer's cache.
    response.set('cache-control', 'no-store')
    next()
  })
  return router
}
