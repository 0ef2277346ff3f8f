import { Router } from 'express'
import { allow } from '../../../middleware/authorisation'
import type { Services } from '../../../services'
import { downloadImpact, showEffects, showFairness, showReturns } from './controller'

export function impactRoutes(services: Services): Router {
  const router = Router()
  router.get('/panel/impact', allow('seeImpact'), showFairness(services))
  router.get('/panel/impact/effects', allow('seeEffects'), showEffects(services))
  router.get('/panel/impact/returns', allow('seeEffects'), showReturns(services))
  router.get('/panel/impact.csv', allow('exportFigures'), downloadImpact(services))
  return router
}
