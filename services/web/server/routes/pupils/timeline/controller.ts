import type { RequestHandler } from 'express'
import type { TimelineEntry as AttendanceEntry } from '../../../../gen/pathways/attendance/v1/timeline_pb'
import type { TimelineEntry as ExclusionEntry } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { TimelineEntry as PanelEntry } from '../../../../gen/pathways/panel/v1/service_pb'
import type { TimelineEntry as RequestEntry } from '../../../../gen/pathways/referrals/v1/service_pb'
import { can, type Ability, type Person } from '../../../auth/person'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { Gathering } from '../../../services/gather'
import { readMerged, readPosition } from '../../../services/merged'
import { peopleById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { presentEntry } from '../../exclusions/exclusion/history'
import { presentPanelEntry } from '../../panel/case/history'
import { loadPupil, pupilHeader } from '../pupilHeader'
import { presentCrossing, presentTimeline } from './presenter'
import { timelineView } from './view'

const all = ['attendance', 'referrals', 'exclusions', 'panel'] as const
type Source = (typeof all)[number]
type Entry = AttendanceEntry | ExclusionEntry | RequestEntry | PanelEntry

const asked: Record<Source, { ability: Ability; name: string }> = {
  attendance: { ability: 'seeAttendance', name: 'attendance' },
  referrals: { ability: 'seeRequests', name: 'requests' },
  exclusions: { ability: 'seeExclusions', name: 'exclusions' },
  panel: { ability: 'seePanel', name: 'the panel' },
}
type Page = { entries: Entry[]; nextPageToken: string }

// Attendance, Early Help, exclusions and the panel with its placements in one timeline, as far as the person may see them.
export function showTimeline({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, ['from', 'position'])
    const pupil = await loadPupil(clients, request)
    const { pupilId } = pupil
    const gathering = new Gathering()
    const sources = all.filter(source => can(person, asked[source].ability))
    const { entries, next } = await readMerged<Source, Entry>(sources, readPosition(all, query.position), (source, page) =>
      gathering.get<Page>(asked[source].name, () => (source === 'attendance' ? clients.attendanceTimeline : clients[source]).listTimeline({ pupilId, ...page })),
    )
    const [people, schools] = await Promise.all([
      peopleById(clients, entries.map(({ entry }) => entry.personId)),
      schoolsByUrn(clients, entries.map(({ entry }) => entry.urn)),
    ])
    const header = pupilHeader(pupil, person, request, 'timeline', now())
    const items = entries.map(({ entry }) => {
      if (entry.$typeName === 'pathways.attendance.v1.TimelineEntry') return presentCrossing(entry, schools)
      if (entry.$typeName === 'pathways.exclusions.v1.TimelineEntry') return presentEntry(entry, people, schools, true)
      if (entry.$typeName === 'pathways.panel.v1.TimelineEntry') return presentPanelEntry(entry, people, schools, true)
      return presentTimeline(entry, people, schools)
    })
    render(response, 'pupils/timeline/page', timelineView(header, items, query, next, gathering.missing))
  }
}
