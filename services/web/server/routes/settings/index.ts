import { Router } from 'express'
import { allow } from '../../middleware/authorisation'
import type { Services } from '../../services'
import { formPages } from '../panel/formPages'
import { showSettings } from './controller'
import { askSetting } from './form'

export function settingRoutes(services: Services): Router {
  const router = Router()
  const may = allow('setForAuthority')
  const { show, send } = formPages(services, askSetting)
  router.get('/settings', may, showSettings(services))
  router.get('/settings/:setting', may, show)
  router.post('/settings/:setting', may, send)
  return router
}
