import { Router } from 'express'
import { render } from '../../components/render'
import type { Services } from '../../services'
import { Gathering } from '../../services/gather'
import { can, type Person } from '../../auth/person'
import { today } from '../../text/dates'
import { homeView } from './view'
import { presentHome, type HomeFacts } from './presenter'

export function homeRoutes({ clients, now }: Services): Router {
  const router = Router()

  async function facts(person: Person): Promise<HomeFacts> {
    const gathering = new Gathering()
    const [counts, exclusions, risk, panel, placements, tasks, attendance] = await Promise.all([
      can(person, 'seeRequests') ? gathering.get('requests', () => clients.referrals.getWorkCounts({})) : undefined,
      can(person, 'seeExclusions') ? gathering.get('exclusions', () => clients.exclusions.getWorkCounts({})) : undefined,
      can(person, 'seeRisk') ? gathering.get('early intervention', () => clients.risk.getRiskWorkCounts({})) : undefined,
      can(person, 'seePanel') ? gathering.get('the panel', () => clients.panel.getWorkCounts({})) : undefined,
      can(person, 'seePlacements') ? gathering.get('the panel', () => clients.placed.getPlacementCounts({})) : undefined,
      can(person, 'seeTasks') ? gathering.get('the panel', () => clients.tasks.countTasks({})) : undefined,
      can(person, 'seeAttendance') ? gathering.get('attendance', () => clients.attendance.listSchoolAttendance({})) : undefined,
    ])
    return { counts, exclusions, risk, panel, placements, tasks, attendance, missing: gathering.missing }
  }

  router.get('/', async (_request, response) => {
    const person = response.locals.user as Person
    render(response, 'home/page', homeView(presentHome(person, await facts(person), today(now()))))
  })
  return router
}
