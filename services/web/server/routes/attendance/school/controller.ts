import type { RequestHandler } from 'express'
import { can, isSchool, type Person } from '../../../auth/person'
import { render } from '../../../components/render'
import { Gathering } from '../../../services/gather'
import type { Services } from '../../../services'
import { urnOf } from '../urn'
import { countExclusions, exclusionLinks } from './exclusions'
import { presentSchool } from './presenter'
import { schoolView } from './view'

export function showSchool({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const urn = urnOf(request)
    const person = response.locals.user as Person
    const gathering = new Gathering()
    const [{ school }, attendance, exclusions] = await Promise.all([
      clients.registry.getSchool({ urn }),
      clients.attendance.getSchoolAttendance({ urn }),
      can(person, 'seeExclusions') ? gathering.get('exclusions', () => countExclusions(clients, urn)) : undefined,
    ])
    if (!school) throw new Error('registry answered without a school')
    const back = isSchool(person) && person.urns.length === 1 ? undefined : { href: '/schools', text: 'Schools' }
    render(response, 'attendance/school/page', { ...schoolView(presentSchool(school, attendance), back, can(person, 'exportFigures')), ...exclusionLinks(urn, exclusions, gathering.missing) })
  }
}
