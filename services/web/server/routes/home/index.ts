import { Router } from 'express'
import { render } from '../../components/render'
import type { Services } from '../../services'
import { Gathering } from '../../services/gather'
import { can, type Person } from '../../auth/person'
import { homeView } from './view'
import { presentHome, type HomeFacts } from './presenter'

export function homeRoutes({ clients }: Services): Router {
  const router = Router()

  async function facts(person: Person): Promise<HomeFacts> {
    const gathering = new Gathering()
    const [counts, attendance] = await Promise.all([
      can(person, 'seeRequests') ? gathering.get('requests', () => clients.referrals.getWorkCounts({})) : undefined,
      can(person, 'seeAttendance') ? gathering.get('attendance', () => clients.attendance.listSchoolAttendance({})) : undefined,
    ])
    return { counts, attendance, missing: gathering.missing }
  }

  router.get('/', async (_request, response) => {
    const person = response.locals.user as Person
    render(response, 'home/page', homeView(presentHome(person, await facts(person))))
  })
  return router
}
