import { Router } from 'express'
import { allow } from '../../middleware/authorisation'
import type { Services } from '../../services'
import { completeAction, showCase, showCaseHistory, showWritten } from './case/controller'
import { askAction, askEnd } from './case/forms'
import { showCases } from './cases/controller'
import { addFile, askRemoveFile, downloadFile, showFiles } from './files/controller'
import type { Ability } from '../../auth/person'
import { askMinutesItem, showMinutes, signMinutes } from './minutes/controller'
import { formPages, type Ask } from './formPages'
import { castVote, declareInterest, showPack, showRoom, signOff } from './room/controller'
import { askDecision } from './room/decision'
import { createRoomWatch, roomEvents } from './room/events'
import { askInterest, askOff, askVote } from './room/forms'
import { changeSitting, showSitting } from './sitting/controller'
import { showSittings } from './sittings/controller'
import { askSitting } from './sittings/form'
import { askPanel } from './sittings/panelForm'
import { completeTask, showPanelTasks } from './tasks/controller'
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
  router.get('/panel/cases/:case/files', see, showFiles(services))
  router.post('/panel/cases/:case/files', write, addFile(services))
  router.get('/panel/cases/:case/files/:file', see, downloadFile(services))
  form('/panel/cases/:case/files/:file/remove', 'referToPanel', askRemoveFile)
  router.get('/panel/cases/:case/draft', write, showTasks(services))
  router.get('/panel/cases/:case/sections/:section/:page', write, askSection(services))
  router.post('/panel/cases/:case/sections/:section/:page', write, saveSection(services))
  router.get('/panel/cases/:case/check', write, askCheck(services))
  router.post('/panel/cases/:case/check', write, refer(services))
  form('/panel/cases/:case/end', 'referToPanel', askEnd)
  form('/panel/cases/:case/actions/new', 'seeSittings', askAction)
  router.post('/panel/cases/:case/actions/:action/done', see, completeAction(services))

  router.get('/panel/tasks', allow('seeTasks'), showPanelTasks(services))
  router.post('/panel/tasks/:task/done', allow('seeTasks'), completeTask(services))

  const sit = allow('seeSittings')
  const watch = createRoomWatch(services)
  const room = '/panel/sittings/:sitting/cases/:case'
  router.get('/panel/sittings', sit, showSittings(services))
  form('/panel/panels/new', 'managePanel', askPanel)
  form('/panel/sittings/new', 'managePanel', askSitting)
  router.get('/panel/sittings/:sitting', sit, showSitting(services))
  router.post('/panel/sittings/:sitting', allow('managePanel'), changeSitting(services))
  form('/panel/sittings/:sitting/change', 'managePanel', askSitting)
  router.get('/panel/sittings/:sitting/events', sit, roomEvents(services, watch))
  router.get('/panel/sittings/:sitting/minutes', sit, showMinutes(services))
  router.post('/panel/sittings/:sitting/minutes/sign', allow('signOffDecisions'), signMinutes(services))
  form('/panel/sittings/:sitting/minutes/:item', 'managePanel', askMinutesItem)
  router.get(room, sit, showRoom(services))
  router.get(`${room}/pack`, sit, showPack(services))
  form(`${room}/off`, 'managePanel', askOff)
  form(`${room}/decision/:kind`, 'managePanel', askDecision)
  form(`${room}/votes`, 'managePanel', askVote)
  form(`${room}/interests`, 'managePanel', askInterest)
  router.post(`${room}/vote`, allow('sitOnPanel'), castVote(services))
  router.post(`${room}/sign-off`, allow('signOffDecisions'), signOff(services))
  router.post(`${room}/interest`, allow('sitOnPanel'), declareInterest(services))
  return router
}
