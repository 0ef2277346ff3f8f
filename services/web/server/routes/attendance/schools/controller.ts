import type { RequestHandler } from 'express'
import { readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import type { Services } from '../../../services'
import { presentSchools } from './presenter'
import { schoolsView } from './view'

export function showSchools({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, ['q', 'page', 'trail'])
    const paging = readPaging(query)
    const [schools, attendance] = await Promise.all([
      clients.registry.listSchools({ query: query.q ?? '', pageSize: 50, pageToken: paging.token }),
      clients.attendance.listSchoolAttendance({}),
    ])
    render(response, 'attendance/schools/page', schoolsView(presentSchools(schools, attendance), query, paging, schools.nextPageToken))
  }
}
