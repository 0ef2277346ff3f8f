import type { RequestHandler } from 'express'
import { Kind } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { Person } from '../../../auth/person'
import { pageView } from '../../../components/pageView'
import { readPaging } from '../../../components/pagination'
import { field, readQuery } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { readVersion } from '../../../components/version'
import { peopleById, pupilLabel, pupilsById } from '../../../services/names'
import type { Services } from '../../../services'
import { dateTime, longDay } from '../../../text/dates'
import { kindWords } from '../../../text/exclusions'
import { loadDraft, pupilOf } from '../loadExclusion'
import { draftsView } from './view'

// The form brings the id of the draft it makes, so that a double click makes one.
export function createDraft({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const draftId = field(request.body, 'draft_id')
    const { draft } = await clients.exclusions.createDraft({ draftId, pupilId: field(request.body, 'pupil_id'), urn: Number(field(request.body, 'urn')) || 0 })
    await seeOther(response, `/exclusions/drafts/${draft?.draftId ?? draftId}`)
  }
}

export function showDrafts({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, ['page', 'trail'])
    const paging = readPaging(query)
    const { drafts, nextPageToken } = await clients.exclusions.listDrafts({ pageSize: 50, pageToken: paging.token })
    const [pupils, people] = await Promise.all([
      pupilsById(clients, drafts.map(({ pupilId }) => pupilId)),
      peopleById(clients, drafts.map(({ updatedBy }) => updatedBy)),
    ])
    const rows = drafts.map(({ draftId, pupilId, facts, updatedAt, updatedBy }) => ({
      draftId,
      pupil: pupilLabel(pupils.get(pupilId)),
      kind: kindWords(facts?.kind ?? Kind.UNSPECIFIED).text,
      start: longDay(facts?.startDate ?? ''),
      saved: dateTime(updatedAt),
      by: people.get(updatedBy) ?? 'A colleague',
    }))
    render(response, 'exclusions/drafts/page', draftsView(rows, person, query, paging, nextPageToken))
  }
}

export function askDiscard({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const draft = await loadDraft(clients, request)
    const { name } = await pupilOf(clients, draft.pupilId)
    const title = `Throw away what was written about ${name}?`
    const back = { href: '/exclusions/drafts', text: 'Not recorded yet' }
    render(response, 'exclusions/drafts/discard', { ...pageView(title, { back }), ...{ action: `/exclusions/drafts/${draft.draftId}/discard`, version: String(draft.version) } })
  }
}

export function discardDraft({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const { draftId } = await loadDraft(clients, request)
    await clients.exclusions.discardDraft({ draftId, version: readVersion(request.body) })
    request.session.flash = 'It is thrown away. Nothing was recorded.'
    await seeOther(response, '/exclusions/drafts')
  }
}
