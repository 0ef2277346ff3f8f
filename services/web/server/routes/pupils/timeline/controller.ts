import type { RequestHandler } from 'express'
import type { Person } from '../../../auth/person'
import { readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { peopleById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { loadPupil, pupilHeader } from '../pupilHeader'
import { presentTimeline } from './presenter'
import { timelineView } from './view'

export function showTimeline({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, ['from', 'page', 'trail'])
    const paging = readPaging(query)
    const pupil = await loadPupil(clients, request)
    const timeline = await clients.referrals.listTimeline({ pupilId: pupil.pupilId, pageSize: 50, pageToken: paging.token })
    const [people, schools] = await Promise.all([
      peopleById(clients, timeline.entries.map(({ personId }) => personId)),
      schoolsByUrn(clients, timeline.entries.map(({ urn }) => urn)),
    ])
    const header = pupilHeader(pupil, person, request, 'timeline', now())
    const entries = timeline.entries.map(entry => presentTimeline(entry, people, schools))
    render(response, 'pupils/timeline/page', timelineView(header, entries, query, paging, timeline.nextPageToken))
  }
}
