import { Router } from 'express'
import { allow } from '../../../middleware/authorisation'
import type { Services } from '../../../services'
import { showFairness } from './fairness/controller'
import { downloadProposals, showProposals } from './list/controller'
import { decideProposal, showProposal } from './proposal/controller'
import { askSwitchOn, askWeights, saveWeights, showRehearsal, showWeights, switchOn } from './weights/controller'

export function riskRoutes(services: Services): Router {
  const router = Router()
  const see = allow('seeRisk')
  const audit = allow('auditRisk')
  const set = allow('setRiskWeights')
  router.get('/exclusions/risk', see, showProposals(services))
  router.get('/exclusions/risk/proposals.csv', see, downloadProposals(services))
  router.get('/exclusions/risk/fairness', audit, showFairness(services))
  router.get('/exclusions/risk/weights', audit, showWeights(services))
  router.get('/exclusions/risk/weights/draft', set, askWeights(services))
  router.post('/exclusions/risk/weights/draft', set, saveWeights(services))
  router.get('/exclusions/risk/weights/rehearsal', set, showRehearsal(services))
  router.get('/exclusions/risk/weights/switch-on', set, askSwitchOn(services))
  router.post('/exclusions/risk/weights/switch-on', set, switchOn(services))
  router.get('/exclusions/risk/:proposal', see, showProposal(services))
  router.post('/exclusions/risk/:proposal', allow('decideRisk'), decideProposal(services))
  return router
}
