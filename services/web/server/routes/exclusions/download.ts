import type { RequestHandler } from 'express'
import { fileDeadlineMs } from '../../clients/clients'
import { readQuery } from '../../components/query'
import { sendFile } from '../../components/sendFile'
import type { Services } from '../../services'

const files = {
  exclusions: ({ clients }: Services) => clients.exclusions.exportExclusions,
  clock: ({ clients }: Services) => clients.exclusions.exportClock,
} as const

// A file of what a list shows: the filters of school and days come with the address.
export function download(services: Services, file: keyof typeof files): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, ['school', 'from', 'to'])
    const ask = { urn: Number(query.school) || 0, from: query.from ?? '', to: query.to ?? '' }
    await sendFile(response, files[file](services)(ask, { timeoutMs: fileDeadlineMs }), `${file}.csv`)
  }
}
