import { Router } from 'express'
import { allow } from '../../middleware/authorisation'
import type { Services } from '../../services'
import { showMarks } from './marks/controller'
import { showOverview } from './overview/controller'
import { showSearch } from './search/controller'
import { showTimeline } from './timeline/controller'

export function pupilRoutes(services: Services): Router {
  const router = Router()
  router.get('/pupils', allow('findPupils'), showSearch(services))
  router.get('/pupils/:pupil', allow('seePupils'), showOverview(services))
  router.get('/pupils/:pupil/marks', allow('seePupils'), showMarks(services))
  router.get('/pupils/:pupil/timeline', allow('seePupils'), showTimeline(services))
  return router
}
