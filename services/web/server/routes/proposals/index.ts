import { Router } from 'express'
import { allow } from '../../middleware/authorisation'
import type { Services } from '../../services'
import { showProposals } from './list/controller'
import { askWhyNot, dismiss } from './notNeeded/controller'
import { showProposal } from './proposal/controller'

export function proposalRoutes(services: Services): Router {
  const router = Router()
  router.get('/proposals', allow('seeProposals'), showProposals(services))
  router.get('/proposals/:proposal', allow('seeProposals'), showProposal(services))
  router.get('/proposals/:proposal/not-needed', allow('decideProposals'), askWhyNot(services))
  router.post('/proposals/:proposal/not-needed', allow('decideProposals'), dismiss(services))
  return router
}
