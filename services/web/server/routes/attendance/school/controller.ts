import type { RequestHandler } from 'express'
import { can, isSchool, type Person } from '../../../auth/person'
import { render } from '../../../components/render'
import type { Services } from '../../../services'
import { urnOf } from '../urn'
import { presentSchool } from './presenter'
import { schoolView } from './view'

export function showSchool({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const urn = urnOf(request)
    const person = response.locals.user as Person
    const [{ school }, attendance] = await Promise.all([
      clients.registry.getSchool({ urn }),
      clients.attendance.getSchoolAttendance({ urn }),
    ])
    if (!school) throw new Error('registry answered without a school')
    const back = isSchool(person) && person.urns.length === 1 ? undefined : { href: '/schools', text: 'Schools' }
    render(response, 'attendance/school/page', schoolView(presentSchool(school, attendance), back, can(person, 'exportFigures')))
  }
}
