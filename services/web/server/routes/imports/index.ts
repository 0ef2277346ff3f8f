import { Router } from 'express'
import { allow } from '../../middleware/authorisation'
import type { Services } from '../../services'
import { showImports } from './list/controller'
import { downloadRefused, showImport } from './outcome/controller'
import { RunningImports } from './runningImports'
import { sendTemplate } from './template'
import { askFile, upload } from './upload/controller'

export function importRoutes(services: Services): Router {
  const router = Router()
  const running = new RunningImports()
  router.get('/imports', allow('upload'), showImports(services))
  router.get('/imports/new', allow('upload'), askFile(services))
  router.post('/imports/new', allow('upload'), upload(services, running))
  router.get('/imports/template.csv', allow('upload'), sendTemplate)
  router.get('/imports/:import', allow('upload'), showImport(services, running))
  router.get('/imports/:import/refused.csv', allow('upload'), downloadRefused(services))
  return router
}
