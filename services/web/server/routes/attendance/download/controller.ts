import type { RequestHandler } from 'express'
import { fileDeadlineMs } from '../../../clients/clients'
import { isCorrectable, violationsOf } from '../../../clients/problems'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { sendFile } from '../../../components/sendFile'
import type { Services } from '../../../services'
import { readDownload } from './form'
import { downloadView } from './view'

const parameters = ['level', 'by', 'from-day', 'from-month', 'from-year', 'to-day', 'to-month', 'to-year'] as const

export const showDownload: RequestHandler = (request, response) => {
  render(response, 'attendance/download/page', downloadView(readQuery(request, parameters), {}))
}

export function downloadFigures({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, parameters)
    const { ask, errors } = readDownload(query)
    if (!ask) return render(response, 'attendance/download/page', downloadView(query, errors))
    try {
      await sendFile(response, clients.attendance.exportAttendance(ask, { timeoutMs: fileDeadlineMs }), 'attendance.csv')
    } catch (error) {
      if (response.headersSent || !isCorrectable(error)) throw error
      const said = Object.fromEntries(violationsOf(error).map(({ field, description }) => [field, description]))
      render(response, 'attendance/download/page', downloadView(query, said))
    }
  }
}
