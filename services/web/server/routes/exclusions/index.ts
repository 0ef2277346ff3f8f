import { Router } from 'express'
import { editTemplate, saveTemplate, showTemplates } from '../../letters/templates/controller'
import { allow } from '../../middleware/authorisation'
import type { Services } from '../../services'
import { changeExclusion, askChange } from './change/controller'
import { askCheck, record } from './check/controller'
import { askDecision, decide } from './decision/controller'
import { download } from './download'
import { askDraftPage, continueDraft, saveDraftPage } from './draft/controller'
import { askDiscard, createDraft, discardDraft, showDrafts } from './drafts/controller'
import { askEnd, end } from './end/controller'
import { showClock, showDecided, showHistory } from './exclusion/controller'
import { askLetter, downloadLetter, recordSent, showLetter, showLetters, writeLetter } from './letters/controller'
import { letterTemplates } from './letters/templates'
import { showExclusions } from './list/controller'
import { acceptMeaning, showMeaning } from './meaning/controller'
import { showQueue } from './queue/controller'
import { riskRoutes } from './risk/index'
import { askStep, markStep } from './step/controller'
import { showCases } from './trends/cases/controller'
import { downloadTrends, showTrends } from './trends/controller'

export function exclusionRoutes(services: Services): Router {
  const router = Router()
  const see = allow('seeExclusions')
  const write = allow('recordExclusions')
  const keep = allow('keepClock')
  router.get('/exclusions', see, showQueue(services))
  router.get('/exclusions/list', see, showExclusions(services))
  router.get('/exclusions/exclusions.csv', allow('exportFigures'), download(services, 'exclusions'))
  router.get('/exclusions/clock.csv', allow('exportFigures'), download(services, 'clock'))

  router.use(riskRoutes(services))

  router.get('/exclusions/trends', see, showTrends(services))
  router.get('/exclusions/trends/cases', see, showCases(services))
  router.get('/exclusions/trends/trends.csv', allow('exportFigures'), downloadTrends(services))

  router.get('/exclusions/drafts', write, showDrafts(services))
  router.post('/exclusions/drafts', write, createDraft(services))
  router.get('/exclusions/drafts/:draft', write, continueDraft(services))
  router.get('/exclusions/drafts/:draft/meaning', write, showMeaning(services))
  router.post('/exclusions/drafts/:draft/meaning', write, acceptMeaning(services))
  router.get('/exclusions/drafts/:draft/check', write, askCheck(services))
  router.post('/exclusions/drafts/:draft/check', write, record(services))
  router.get('/exclusions/drafts/:draft/discard', write, askDiscard(services))
  router.post('/exclusions/drafts/:draft/discard', write, discardDraft(services))
  router.get('/exclusions/drafts/:draft/:page', write, askDraftPage(services))
  router.post('/exclusions/drafts/:draft/:page', write, saveDraftPage(services))

  const edit = allow('editLetters')
  router.get('/exclusions/letters', edit, showTemplates(services, letterTemplates))
  router.get('/exclusions/letters/:kind', edit, editTemplate(services, letterTemplates))
  router.post('/exclusions/letters/:kind', edit, saveTemplate(services, letterTemplates))

  router.get('/exclusions/:exclusion', see, showClock(services))
  router.get('/exclusions/:exclusion/decided', see, showDecided(services))
  router.get('/exclusions/:exclusion/history', see, showHistory(services))
  router.get('/exclusions/:exclusion/letters', keep, showLetters(services))
  router.get('/exclusions/:exclusion/letters/new/:kind', keep, askLetter(services))
  router.post('/exclusions/:exclusion/letters/new/:kind', keep, writeLetter(services))
  router.get('/exclusions/:exclusion/letters/:letter', keep, showLetter(services))
  router.post('/exclusions/:exclusion/letters/:letter', keep, recordSent(services))
  router.get('/exclusions/:exclusion/letters/:letter/letter.pdf', keep, downloadLetter(services))
  router.get('/exclusions/:exclusion/steps/:step', keep, askStep(services))
  router.post('/exclusions/:exclusion/steps/:step', keep, markStep(services))
  router.get('/exclusions/:exclusion/decisions/:decision', keep, askDecision(services))
  router.post('/exclusions/:exclusion/decisions/:decision', keep, decide(services))
  router.get('/exclusions/:exclusion/change', write, askChange(services))
  router.post('/exclusions/:exclusion/change', write, changeExclusion(services))
  router.get('/exclusions/:exclusion/end/:end', write, askEnd(services))
  router.post('/exclusions/:exclusion/end/:end', write, end(services))
  return router
}
