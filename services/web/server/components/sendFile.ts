import { once } from 'node:events'
import type { Response } from 'express'
import type { FileChunk } from '../../gen/pathways/common/v1/import_pb'

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
