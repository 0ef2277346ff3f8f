import { Router } from 'express'
import { allow } from '../../middleware/authorisation'
import type { Services } from '../../services'
import type { ImportKind } from './kinds'
import { showImports } from './list/controller'
import { downloadRefused, showImport } from './outcome/controller'
import { RunningImports } from './runningImports'
import { sendTemplate } from './template'
import { askFile, upload } from './upload/controller'

export function importRoutes(services: Services, kind: ImportKind): Router {
  const router = Router()
  const running = new RunningImports()
  const { path } = kind
  router.get(path, allow('upload'), showImports(services, kind))
  router.get(`${path}/new`, allow('upload'), askFile(services, kind))
  router.post(`${path}/new`, allow('upload'), upload(services, kind, running))
  router.get(`${path}/template.csv`, allow('upload'), sendTemplate(kind))
  router.get(`${path}/:import`, allow('upload'), showImport(services, kind, running))
  router.get(`${path}/:import/refused.csv`, allow('upload'), downloadRefused(services, kind))
  return router
}
