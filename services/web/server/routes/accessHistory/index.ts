import { Router } from 'express'
import type { Person } from '../../auth/person'
import { readQuery } from '../../components/query'
import { render } from '../../components/render'
import { allow } from '../../middleware/authorisation'
import { peopleById, schoolsByUrn } from '../../services/names'
import type { Services } from '../../services'
import { loadPupil, pupilHeader } from '../pupils/pupilHeader'
import { loadHistory } from './history'
import { presentHistory } from './presenter'
import { historyView } from './view'

export function accessHistoryRoutes(services: Services): Router {
  const { clients, now } = services
  const router = Router()
  router.get('/pupils/:pupil/access-history', allow('seeAccessHistory'), async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, ['from', 'position'])
    const pupil = await loadPupil(clients, request)
    const history = await loadHistory(clients, pupil.pupilId, query.position)
    const [schools, people] = await Promise.all([
      schoolsByUrn(clients, history.entries.map(({ urn }) => urn)),
      peopleById(clients, history.entries.filter(({ personName }) => personName === '').map(({ personId }) => personId)),
    ])
    const header = pupilHeader(pupil, person, request, 'access-history', now())
    const items = history.entries.map(entry => presentHistory(entry, schools, people))
    render(response, 'accessHistory/page', historyView(header, items, query, history))
  })
  return router
}
