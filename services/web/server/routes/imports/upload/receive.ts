import { AsyncResource } from 'node:async_hooks'
import { pipeline, type Readable } from 'node:stream'
import busboy from 'busboy'
import type { Request } from 'express'
import type { ImportStart } from '../../../../gen/pathways/common/v1/import_pb'

export type Fields = Record<string, string>
export type Start = Pick<ImportStart, 'importId' | 'fileName' | 'onBadRows' | 'urn' | 'dateForm'>

export class FileTooLarge extends Error {}

// What became of the file, as its service answers.
export interface Received<Outcome> {
  fields: Fields
  // Absent when the form had no file, or `accept` did not want it.
  outcome?: Promise<Outcome>
  fileName: string
}

// What a service that takes files is sent: how it is announced, its bytes, and that it is whole.
export interface Chunk<Announced> {
  part: { case: 'start'; value: Announced & { totalBytes: bigint } } | { case: 'data'; value: Uint8Array<ArrayBuffer> } | { case: 'end'; value: object }
}

// The start, then the file as it comes from the browser: it is never held whole, neither in memory nor on disk.
async function* chunksOf<Announced>(start: Announced, totalBytes: number, file: Readable & { truncated?: boolean }): AsyncGenerator<Chunk<Announced>> {
  yield { part: { case: 'start', value: { ...start, totalBytes: BigInt(totalBytes) } } }
  for await (const data of file) yield { part: { case: 'data', value: data as Uint8Array<ArrayBuffer> } }
  if (file.truncated) throw new FileTooLarge()
  yield { part: { case: 'end', value: {} } }
}

// Reads the form as a stream. The fields come before the file, so `accept` decides with them whether the file is taken
// and how it is announced; the file then goes to `send` while it arrives. Answers when the whole form is in.
export function receiveUpload<Announced, Outcome>(
  request: Request,
  maxBytes: number,
  accept: (fields: Fields, fileName: string) => Announced | undefined,
  send: (chunks: AsyncIterable<Chunk<Announced>>) => Promise<Outcome>,
): Promise<Received<Outcome>> {
  return new Promise((resolve, reject) => {
    const received: Received<Outcome> = { fields: {}, fileName: '' }
    const form = busboy({ headers: request.headers, defParamCharset: 'utf8', limits: { files: 1, fields: 20, fieldSize: 4096, fileSize: maxBytes } })
    form.on('field', (name, value) => {
      received.fields[name] = value.trim()
    })
    // The events of a stream come outside the request's own context, in which the call finds its token.
    const inContext = new AsyncResource('upload')
    form.on('file', (_name, file, { filename }) => {
      received.fileName = filename ?? ''
      const start = accept(received.fields, received.fileName)
      if (start) {
        received.outcome = inContext.runInAsyncScope(send, undefined, chunksOf(start, announced(request), file))
        // Refused early: the rest of the file still has to be read, or the browser never sees the answer.
        void received.outcome.catch(() => undefined).finally(() => file.resume())
      } else file.resume()
    })
    form.on('close', () => resolve(received))
    // A browser that goes away in the middle of the file ends the stream with an error, and so the call.
    pipeline(request, form, error => {
      if (error) reject(error)
    })
  })
}

// About the size of the file: the form around it is small. Only for showing progress.
function announced(request: Request): number {
  return Number(request.headers['content-length'] ?? 0)
}
