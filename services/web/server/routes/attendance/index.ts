import { Router } from 'express'
import { allow } from '../../middleware/authorisation'
import type { Services } from '../../services'
import { downloadFigures, showDownload } from './download/controller'
import { showList } from './list/controller'
import { showSchool } from './school/controller'
import { showSchools } from './schools/controller'

export function attendanceRoutes(services: Services): Router {
  const router = Router()
  router.get('/schools', allow('seeAttendance'), showSchools(services))
  router.get('/schools/:urn', allow('seeAttendance'), showSchool(services))
  router.get('/schools/:urn/attendance', allow('seeAttendance'), showList(services))
  router.get('/figures', allow('exportFigures'), showDownload)
  router.get('/figures.csv', allow('exportFigures'), downloadFigures(services))
  return router
}
