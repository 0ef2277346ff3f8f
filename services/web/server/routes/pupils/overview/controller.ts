import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { can, type Person } from '../../../auth/person'
import { render } from '../../../components/render'
import { schoolsByUrn } from '../../../services/names'
import { Gathering } from '../../../services/gather'
import type { Services } from '../../../services'
import { currentSchool, loadPupil, pupilHeader } from '../pupilHeader'
import { presentOverview } from './presenter'
import { overviewView } from './view'

export function showOverview({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const gathering = new Gathering()
    const pupil = await loadPupil(clients, request)
    const { pupilId } = pupil
    const [attendance, requests] = await Promise.all([
      gathering.get('attendance', () => clients.attendance.getPupilAttendance({ pupilId })),
      gathering.get('requests', () => clients.referrals.listRequests({ pupilId, pageSize: 20 })),
    ])
    const schools = await schoolsByUrn(clients, (attendance?.enrolments ?? []).map(({ urn }) => urn))
    const overview = presentOverview(pupil, attendance, requests?.requests, schools)
    const mayAsk = can(person, 'writeRequests') && person.urns.includes(currentSchool(pupil)?.urn ?? 0)
    const header = pupilHeader(pupil, person, request, 'overview', now())
    const ask = mayAsk ? { requestId: randomUUID(), urn: currentSchool(pupil)?.urn } : undefined
    render(response, 'pupils/overview/page', overviewView(header, overview, ask, gathering.missing))
  }
}
