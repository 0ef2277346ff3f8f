import { Router } from 'express'
import type { Ability } from '../../auth/person'
import { allow } from '../../middleware/authorisation'
import type { Services } from '../../services'
import { formPages, type Ask } from './formPages'
import { showMatches } from './places/controller'
import { askOffer } from './places/offer'
import { showPlacement, showPlacements } from './placements/controller'
import { askPlacement } from './placements/forms'
import { askCheckOfProvider } from './providers/checkForm'
import { showProvider, showProviders } from './providers/controller'
import { askProgramme } from './providers/programmeForm'
import { askProvider } from './providers/providerForm'
import { completeStep, removeStep, showReturn, showReturns } from './returns/controller'
import { askAgreement, askPlan, askReturnReview, askStep } from './returns/forms'

// Places and who has them, from the providers to the return to a school.
export function placementRoutes(services: Services): Router {
  const router = Router()
  const form = (path: string, ability: Ability, ask: Ask) => {
    const { show, send } = formPages(services, ask)
    router.get(path, allow(ability), show)
    router.post(path, allow(ability), send)
  }
  const provider = '/panel/providers/:provider'
  router.get('/panel/providers', allow('seeProviders'), showProviders(services))
  form('/panel/providers/new', 'keepProviders', askProvider)
  router.get(provider, allow('seeProviders'), showProvider(services))
  form(`${provider}/change`, 'keepProviders', askProvider)
  form(`${provider}/checks/:kind`, 'keepProviders', askCheckOfProvider)
  form(`${provider}/programmes/new`, 'keepProviders', askProgramme)
  form(`${provider}/programmes/:programme`, 'keepProviders', askProgramme)

  router.get('/panel/cases/:case/places', allow('offerPlaces'), showMatches(services))
  form('/panel/cases/:case/places/:programme', 'offerPlaces', askOffer)
  router.get('/panel/placements', allow('seePlacements'), showPlacements(services))
  router.get('/panel/placements/:placement', allow('seePlacements'), showPlacement(services))

  const plan = '/panel/placements/:placement/return'
  router.get('/panel/returns', allow('seePlacements'), showReturns(services))
  router.get(plan, allow('seePlacements'), showReturn(services))
  form(`${plan}/plan`, 'writeReturns', askPlan)
  form(`${plan}/steps/new`, 'writeReturns', askStep)
  form(`${plan}/steps/:step`, 'writeReturns', askStep)
  router.post(`${plan}/steps/:step/done`, allow('writeReturns'), completeStep(services))
  router.post(`${plan}/steps/:step/remove`, allow('writeReturns'), removeStep(services))
  form(`${plan}/agree`, 'agreeReturns', askAgreement)
  form(`${plan}/review`, 'writeReturns', askReturnReview)
  form('/panel/placements/:placement/:step', 'answerOffers', askPlacement)
  return router
}
