import type { RequestHandler } from 'express'
import { AttendanceFilter, AttendanceOrder } from '../../../../gen/pathways/attendance/v1/service_pb'
import { readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { pupilsById } from '../../../services/names'
import type { Services } from '../../../services'
import { urnOf } from '../urn'
import { presentList } from './presenter'
import { listView } from './view'

export const filters: Record<string, AttendanceFilter> = {
  persistent: AttendanceFilter.PERSISTENT,
  severe: AttendanceFilter.SEVERE,
}
export const orders: Record<string, AttendanceOrder> = {
  least: AttendanceOrder.LEAST_ABSENT,
  unauthorised: AttendanceOrder.MOST_UNAUTHORISED,
}

export function showList({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const urn = urnOf(request)
    const query = readQuery(request, ['show', 'year', 'order', 'page', 'trail'])
    const paging = readPaging(query)
    const [{ school }, list] = await Promise.all([
      clients.registry.getSchool({ urn }),
      clients.attendance.listEnrolmentAttendance({
        urn,
        filter: filters[query.show ?? ''] ?? AttendanceFilter.UNSPECIFIED,
        order: orders[query.order ?? ''] ?? AttendanceOrder.UNSPECIFIED,
        yearGroup: query.year ?? '',
        pageSize: 50,
        pageToken: paging.token,
      }),
    ])
    const names = await pupilsById(clients, list.rows.map(row => row.pupilId))
    const page = presentList(school?.name ?? String(urn), list, names)
    render(response, 'attendance/list/page', listView(urn, page, query, paging, list.nextPageToken, request.originalUrl))
  }
}
