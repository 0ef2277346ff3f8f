import { Router } from 'express'
import { render } from '../../components/render'
import type { Services } from '../../services'
import { Partial } from '../../services/partial'
import { can, type Person } from '../../auth/person'
import { homeView } from './view'
import { presentHome, type HomeFacts } from './presenter'

export function homeRoutes({ clients }: Services): Router {
  const router = Router()

  async function facts(person: Person): Promise<HomeFacts> {
    const partial = new Partial()
    const [counts, attendance] = await Promise.all([
      can(person, 'seeRequests') ? partial.get('requests', () => clients.referrals.getWorkCounts({})) : undefined,
      can(person, 'seeAttendance') ? partial.get('attendance', () => clients.attendance.listSchoolAttendance({})) : undefined,
    ])
    return { counts, attendance, missing: partial.missing }
  }

  router.get('/', async (_request, response) => {
    const person = response.locals.user as Person
    render(response, 'home/page', homeView(presentHome(person, await facts(person))))
  })
  return router
}
