import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { can, type Person } from '../../../auth/person'
import { render } from '../../../components/render'
import { schoolsByUrn } from '../../../services/names'
import { Gathering } from '../../../services/gather'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { currentSchool, loadPupil, pupilHeader } from '../pupilHeader'
import { presentOverview } from './presenter'
import { presentPupilExclusions, pupilExclusionsView } from './exclusions'
import { pupilRiskView } from './risk'
import { pupilPanelView } from './panel'
import { overviewView } from './view'

export function showOverview({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const gathering = new Gathering()
    const pupil = await loadPupil(clients, request)
    const { pupilId } = pupil
    const sees = can(person, 'seeExclusions')
    const [attendance, requests, exclusions, totals, cases, risk] = await Promise.all([
      gathering.get('attendance', () => clients.attendance.getPupilAttendance({ pupilId })),
      gathering.get('requests', () => clients.referrals.listRequests({ pupilId, pageSize: 20 })),
      sees ? gathering.get('exclusions', () => clients.exclusions.listExclusions({ pupilId, pageSize: 20 })) : undefined,
      sees ? gathering.get('exclusions', () => clients.exclusions.getPupilTotals({ pupilIds: [pupilId] })) : undefined,
      can(person, 'seePanel') ? gathering.get('the panel', () => clients.panel.listCases({ pupilId, pageSize: 20 })) : undefined,
      can(person, 'seeRisk') ? gathering.get('early intervention', () => clients.risk.listRiskProposals({ pupilId, pageSize: 5 })) : undefined,
    ])
    const schools = await schoolsByUrn(clients, (attendance?.enrolments ?? []).map(({ urn }) => urn))
    const overview = presentOverview(pupil, attendance, requests?.requests, schools)
    const mayAsk = can(person, 'writeRequests') && person.urns.includes(currentSchool(pupil)?.urn ?? 0)
    const header = pupilHeader(pupil, person, request, 'overview', now())
    const ask = mayAsk ? { requestId: randomUUID(), urn: currentSchool(pupil)?.urn } : undefined
    const ofPupil = sees ? presentPupilExclusions(exclusions?.exclusions, totals?.totals[0], today(now())) : undefined
    const record = can(person, 'recordExclusions') && mayAsk ? { draftId: randomUUID(), urn: currentSchool(pupil)?.urn } : undefined
    const view = overviewView(header, overview, ask, [...new Set(gathering.missing)])
    const urn = currentSchool(pupil)?.urn ?? 0
    const mayRefer = can(person, 'referToPanel') && (person.urns.includes(urn) || person.laCodes.length > 0)
    const refer = mayRefer && cases ? { caseId: randomUUID(), urn } : undefined
    render(response, 'pupils/overview/page', { ...view, ...pupilExclusionsView(header, ofPupil, record), ...pupilPanelView(header, cases?.cases, refer), ...pupilRiskView(header, risk?.proposals) })
  }
}
