import { Router } from 'express'
import type { Person } from '../../auth/person'
import { readQuery } from '../../components/query'
import { render } from '../../components/render'
import { allow } from '../../middleware/authorisation'
import { schoolsByUrn } from '../../services/names'
import type { Services } from '../../services'
import { loadPupil, pupilHeader } from '../pupils/pupilHeader'
import { loadHistory, readPosition } from './history'
import { presentHistory } from './presenter'
import { historyView } from './view'

export function accessHistoryRoutes(services: Services): Router {
  const { clients, now } = services
  const router = Router()
  router.get('/pupils/:pupil/access-history', allow('seeAccessHistory'), async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, ['from', 'position'])
    const pupil = await loadPupil(clients, request)
    const history = await loadHistory(clients, pupil.pupilId, readPosition(query.position))
    const schools = await schoolsByUrn(clients, history.entries.map(({ urn }) => urn))
    const header = pupilHeader(pupil, person, request, 'access-history', now())
    const items = history.entries.map(entry => presentHistory(entry, schools))
    render(response, 'accessHistory/page', historyView(header, items, query, history))
  })
  return router
}
