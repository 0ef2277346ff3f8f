import { randomUUID } from 'node:crypto'
import { Code, ConnectError } from '@connectrpc/connect'
import type { Request, RequestHandler, Response } from 'express'
import type { AttachmentStart } from '../../../../gen/pathways/panel/v1/attachments_pb'
import { can, type Person } from '../../../auth/person'
import { fileDeadlineMs } from '../../../clients/clients'
import { isCode } from '../../../clients/problems'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import { checkReason } from '../../../components/reason'
import { render, seeOther } from '../../../components/render'
import { hasValidCsrfToken } from '../../../middleware/setUpCsrf'
import { peopleById } from '../../../services/names'
import type { Services } from '../../../services'
import { mimeOf } from '../../../text/files'
import { refusal } from '../../imports/upload/controller'
import { receiveUpload } from '../../imports/upload/receive'
import type { Ask } from '../formPages'
import { caseHeader } from '../header'
import { idOf, loadCase, pupilName } from '../load'
import { presentFile } from './presenter'
import { filesView } from './view'

// The service refuses more, too; here it saves sending it.
const mostBytes = 10 * 1024 * 1024
const longest = 1000

async function show({ clients }: Services, request: Request, response: Response, errors: FieldErrors): Promise<void> {
  const person = response.locals.user as Person
  const found = await loadCase(clients, request)
  const [pupil, { attachments, changeable }] = await Promise.all([pupilName(clients, found.pupilId), clients.attachments.listAttachments({ caseId: found.caseId })])
  const people = await peopleById(clients, attachments.flatMap(({ addedBy, removedBy }) => [addedBy, removedBy]))
  const page = {
    header: caseHeader(found, pupil, person, 'files', request),
    files: attachments.map(one => presentFile(one, people, changeable)),
    changeable,
    hidden: !can(person, 'readPanelWords'),
    mostBytes,
    id: randomUUID(),
    errors,
  }
  render(response, 'panel/files/page', filesView(page))
}

export function showFiles(services: Services): RequestHandler {
  return (request, response) => show(services, request, response, {})
}

export function addFile(services: Services): RequestHandler {
  const { clients } = services
  return async (request, response) => {
    const caseId = idOf(request, 'case')
    const again = (errors: FieldErrors) => show(services, request, response, errors)
    if (!request.is('multipart/form-data')) return again({ file: 'Select a file' })
    let forged = false
    const received = await receiveUpload(
      request,
      mostBytes,
      (fields, fileName): Pick<AttachmentStart, 'attachmentId' | 'caseId' | 'fileName'> | undefined => {
        // The token is read here because the form is a stream: see setUpCsrf.
        request.body = fields
        forged = !hasValidCsrfToken(request)
        return forged || fileName === '' ? undefined : { attachmentId: fields.id ?? '', caseId, fileName }
      },
      chunks => clients.attachments.uploadAttachment(chunks, { timeoutMs: fileDeadlineMs }),
    )
    if (forged) throw Object.assign(new Error('form without its token'), { status: 403 })
    if (!received.outcome) return again({ file: 'Select a file' })
    const errors = await received.outcome.then(() => ({}), problemsOf)
    if (hasErrors(errors)) return again(errors)
    request.session.flash = 'The file belongs to the case now.'
    await seeOther(response, `/panel/cases/${caseId}/files`)
  }
}

// What a person can mend, or has to wait for; a fault stays one.
function problemsOf(error: unknown): FieldErrors {
  const said = refusal(error, mostBytes)
  if (said) return said
  if (isCode(error, Code.Unavailable)) return { file: 'The file was not kept: the virus scanner, or the panel’s service, does not answer now. Try again in a few minutes' }
  throw error
}

// As a download, never shown in our own pages: a file may hold anything.
export function downloadFile({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const parts = clients.attachments.downloadAttachment({ attachmentId: idOf(request, 'file') }, { timeoutMs: fileDeadlineMs })
    for await (const { part } of parts) {
      if (part.case === 'attachment') {
        response.attachment(part.value.fileName).type(mimeOf(part.value.kind)).set({
          'Content-Length': String(part.value.bytes),
          'Content-Security-Policy': "default-src 'none'; sandbox",
          'Cache-Control': 'private, no-store',
          'X-Content-Type-Options': 'nosniff',
        })
      } else if (part.case === 'data' && !response.write(part.value)) {
        await new Promise(resolve => response.once('drain', resolve).once('close', resolve))
      }
      if (response.destroyed) return
    }
    response.end()
  }
}

export const askRemoveFile: Ask = async ({ clients }, request) => {
  const found = await loadCase(clients, request)
  const attachmentId = idOf(request, 'file')
  const { attachments } = await clients.attachments.listAttachments({ caseId: found.caseId })
  const file = attachments.find(one => one.attachmentId === attachmentId)
  if (!file) throw new ConnectError('no such file', Code.NotFound)
  const path = `/panel/cases/${found.caseId}/files`
  return {
    page: { slug: 'remove', title: 'Take off a file', questions: [{ key: 'reason', kind: 'text', label: `Why is “${file.fileName}” taken off this case?`, short: 'Why', required: true, limit: longest, missing: 'Enter why' }] },
    caption: `${found.reference}, ${await pupilName(clients, found.pupilId)}`,
    action: `${path}/${attachmentId}/remove`,
    back: { href: path, text: 'Files' },
    submit: 'Take it off',
    intro: file.inPack ? 'A sealed pack holds this file: members of that sitting can still read it, as it was.' : 'Its content is deleted. That it was there, who added it and why it was taken off stays in the history.',
    stored: {},
    version: 0n,
    check: answers => checkReason('reason', answers.reason ?? '', longest, 'Enter why'),
    send: async answers => {
      await clients.attachments.removeAttachment({ attachmentId, reason: answers.reason })
      return { path, flash: 'The file is taken off.' }
    },
  }
}
