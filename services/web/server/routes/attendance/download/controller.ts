import type { RequestHandler, Response } from 'express'
import { once } from 'node:events'
import type { FileChunk } from '../../../../gen/pathways/common/v1/import_pb'
import { fileDeadlineMs } from '../../../clients/clients'
import { isCorrectable, violationsOf } from '../../../clients/problems'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
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

// Passes a file on as it comes. Headers go out with the first piece, so that a refusal can still be a page.
export async function sendFile(response: Response, chunks: AsyncIterable<FileChunk>, name: string): Promise<void> {
  const begin = () => {
    response.attachment(name)
    response.set('content-type', 'text/csv; charset=utf-8')
  }
  try {
    for await (const { data } of chunks) {
      if (!response.headersSent) begin()
      if (!response.write(data)) await once(response, 'drain')
    }
  } catch (error) {
    // A broken download must look broken to the browser, not like a short file.
    if (response.headersSent) response.destroy()
    throw error
  }
  if (!response.headersSent) begin()
  response.end()
}
