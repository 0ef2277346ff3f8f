import { Router } from 'express'
import { allow } from '../../middleware/authorisation'
import type { Services } from '../../services'
import { allocate, askWhoHolds } from './allocate/controller'
import { showAnswers, showRequest } from './case/controller'
import { askAnswers, send, showSent } from './check/controller'
import { create } from './create'
import { askDecision, askDetails, chooseDecision, decide } from './decide/controller'
import { showRequests } from './list/controller'
import { askPage, savePage } from './section/controller'
import { showStop } from './stop/controller'
import { askWithdraw, withdraw } from './withdraw/controller'

export function requestRoutes(services: Services): Router {
  const router = Router()
  router.get('/requests', allow('seeRequests'), showRequests(services))
  router.post('/requests', allow('writeRequests'), create(services))
  router.get('/requests/:request', allow('seeRequests'), showRequest(services))
  router.get('/requests/:request/answers', allow('readWords'), showAnswers(services))

  router.get('/requests/:request/sections/:section/:page', allow('writeRequests'), askPage(services))
  router.post('/requests/:request/sections/:section/:page', allow('writeRequests'), savePage(services))
  router.get('/requests/:request/stop', allow('writeRequests'), showStop(services))
  router.get('/requests/:request/check', allow('writeRequests'), askAnswers(services))
  router.post('/requests/:request/check', allow('writeRequests'), send(services))
  router.get('/requests/:request/sent', allow('writeRequests'), showSent(services))
  router.get('/requests/:request/withdraw', allow('writeRequests'), askWithdraw(services))
  router.post('/requests/:request/withdraw', allow('writeRequests'), withdraw(services))

  router.get('/requests/:request/decide', allow('triage'), askDecision(services))
  router.post('/requests/:request/decide', allow('triage'), chooseDecision(services))
  router.get('/requests/:request/decide/:decision', allow('triage'), askDetails(services))
  router.post('/requests/:request/decide/:decision', allow('triage'), decide(services))
  router.get('/requests/:request/allocate', allow('triage'), askWhoHolds(services))
  router.post('/requests/:request/allocate', allow('triage'), allocate(services))
  return router
}
