import type { RequestHandler } from 'express'
import type { Person } from '../../../auth/person'
import { render } from '../../../components/render'
import { peopleById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { loadPupil, pupilHeader } from '../pupilHeader'
import { presentMarks } from './presenter'
import { marksView } from './view'

export function showMarks({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const pupil = await loadPupil(clients, request)
    const attendance = await clients.attendance.getPupilAttendance({ pupilId: pupil.pupilId })
    const [schools, people] = await Promise.all([
      schoolsByUrn(clients, attendance.enrolments.map(({ urn }) => urn)),
      peopleById(clients, attendance.enrolments.flatMap(({ amendments }) => amendments.map(({ personId }) => personId))),
    ])
    const header = pupilHeader(pupil, person, request, 'marks', now())
    render(response, 'pupils/marks/page', marksView(header, presentMarks(attendance, schools, people)))
  }
}
