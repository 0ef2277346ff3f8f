import { randomUUID } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import { ConnectError } from '@connectrpc/connect'
import type { Person } from '../../../auth/person'
import { isCorrectable, violationsOf } from '../../../clients/problems'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import type { Option } from '../../../components/forms'
import { readQuery } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { hasValidCsrfToken } from '../../../middleware/setUpCsrf'
import type { Services } from '../../../services'
import { schoolOptions } from '../../../services/schoolOptions'
import { sendImport, type ImportKind } from '../kinds'
import { outcomeWithin, type RunningImports } from '../runningImports'
import { readStart } from './form'
import { FileTooLarge, receiveUpload, type Fields } from './receive'
import { uploadView } from './view'

// Small files are done by then and the browser goes straight to the outcome.
const patienceMs = 1500

async function schoolsFor({ clients }: Services, person: Person): Promise<Option[]> {
  const options = await schoolOptions(clients, person)
  return options.length > 0 ? options : person.urns.map((urn, index) => ({ value: String(urn), text: person.schoolNames[index] ?? String(urn) }))
}

async function show(services: Services, kind: ImportKind, response: Response, fields: Fields, errors: FieldErrors): Promise<void> {
  const schools = await schoolsFor(services, response.locals.user as Person)
  render(response, 'imports/upload/page', uploadView(kind, schools, { ...fields, import_id: randomUUID() }, errors, services.config.maxUploadBytes))
}

export function askFile(services: Services, kind: ImportKind): RequestHandler {
  return (request, response) => show(services, kind, response, readQuery(request, ['urn', 'dates']), {})
}

export function upload(services: Services, kind: ImportKind, running: RunningImports): RequestHandler {
  const { clients, config } = services
  return async (request, response) => {
    if (!request.is('multipart/form-data')) return show(services, kind, response, {}, { file: 'Select a file' })
    let errors: FieldErrors = {}
    let forged = false
    const received = await receiveUpload(
      request,
      config.maxUploadBytes,
      (fields, fileName) => {
        // The token is read here because the form is a stream: see setUpCsrf.
        request.body = fields
        forged = !hasValidCsrfToken(request)
        const read = readStart(fields, fileName, kind.words.from)
        errors = read.errors
        return forged ? undefined : read.start
      },
      chunks => sendImport(clients, kind, chunks),
    )
    if (forged) throw Object.assign(new Error('form without its token'), { status: 403 })
    if (!received.outcome || hasErrors(errors)) {
      return show(services, kind, response, received.fields, hasErrors(errors) ? errors : { file: 'Select a file' })
    }
    const importId = received.fields.import_id ?? ''
    running.follow(importId, received.outcome)
    const outcome = await outcomeWithin(received.outcome, patienceMs)
    if (outcome === 'running' || 'report' in outcome) return seeOther(response, `${kind.path}/${importId}`)
    const said = refusal(outcome.error, config.maxUploadBytes)
    if (!said) throw outcome.error
    return show(services, kind, response, received.fields, said)
  }
}

// A refusal of the whole file as something to mend in the form; nothing when it is a fault.
export function refusal(error: unknown, maxBytes: number): FieldErrors | undefined {
  const cause = error instanceof ConnectError ? error.cause : error
  if (cause instanceof FileTooLarge) return { file: `The file must be smaller than ${Math.floor(maxBytes / 1024 / 1024)} MB` }
  if (!isCorrectable(error)) return undefined
  const names: Record<string, string> = { urn: 'urn', date_form: 'date_form', on_bad_rows: 'on_bad_rows' }
  const said = violationsOf(error).map(({ field, description }) => [names[field.split('.').at(-1) ?? ''] ?? 'file', description] as const)
  return said.length > 0 ? Object.fromEntries(said) : { file: ConnectError.from(error).rawMessage }
}
