import { Router } from 'express'
import { allow } from '../../middleware/authorisation'
import type { Services } from '../../services'
import { completeAction, showCase, showCaseHistory, showWritten } from './case/controller'
import { askAction, askEnd } from './case/forms'
import { showCases } from './cases/controller'
import type { Ability } from '../../auth/person'
import { formPages, type Ask } from './formPages'
import { askCheck, askSection, createCase, refer, saveSection, showTasks } from './referral/controller'

export function panelRoutes(services: Services): Router {
  const router = Router()
  const see = allow('seePanel')
  const write = allow('referToPanel')
  const form = (path: string, ability: Ability, ask: Ask) => {
    const { show, send } = formPages(services, ask)
    router.get(path, allow(ability), show)
    router.post(path, allow(ability), send)
  }
  router.get('/panel/cases', see, showCases(services))
  router.post('/panel/cases', write, createCase(services))
  router.get('/panel/cases/:case', see, showCase(services))
  router.get('/panel/cases/:case/written', see, showWritten(services))
  router.get('/panel/cases/:case/history', see, showCaseHistory(services))
  router.get('/panel/cases/:case/draft', write, showTasks(services))
  router.get('/panel/cases/:case/sections/:section/:page', write, askSection(services))
  router.post('/panel/cases/:case/sections/:section/:page', write, saveSection(services))
  router.get('/panel/cases/:case/check', write, askCheck(services))
  router.post('/panel/cases/:case/check', write, refer(services))
  form('/panel/cases/:case/end', 'referToPanel', askEnd)
  form('/panel/cases/:case/actions/new', 'seeSittings', askAction)
  router.post('/panel/cases/:case/actions/:action/done', see, completeAction(services))
  return router
}
