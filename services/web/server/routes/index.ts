import { Router } from 'express'
import type { Services } from '../services'
import { accessHistoryRoutes } from './accessHistory'
import { attendanceRoutes } from './attendance'
import { exclusionRoutes } from './exclusions'
import { homeRoutes } from './home'
import { importRoutes } from './imports'
import { registers, suspensions } from './imports/kinds'
import { panelRoutes } from './panel'
import { impactRoutes } from './panel/impact'
import { placementRoutes } from './panel/placementRoutes'
import { proposalRoutes } from './proposals'
import { pupilRoutes } from './pupils'
import { requestRoutes } from './requests'
import { settingRoutes } from './settings'
import { signInRoutes, signOutRoutes } from './signIn'
import { staticRoutes } from './static'

// Pages for everyone.
export function openRoutes(services: Services): Router {
  const router = Router()
  router.use(signInRoutes(services))
  router.use(staticRoutes())
  return router
}

// Pages for those who are signed in.
export function routes(services: Services): Router {
  const router = Router()
  router.use(signOutRoutes(services))
  router.use(homeRoutes(services))
  router.use(attendanceRoutes(services))
  router.use(importRoutes(services, registers))
  router.use(importRoutes(services, suspensions))
  router.use(exclusionRoutes(services))
  router.use(panelRoutes(services))
  router.use(impactRoutes(services))
  router.use(placementRoutes(services))
  router.use(accessHistoryRoutes(services))
  router.use(pupilRoutes(services))
  router.use(proposalRoutes(services))
  router.use(requestRoutes(services))
  router.use(settingRoutes(services))
  return router
}
