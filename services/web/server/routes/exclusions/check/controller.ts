import { create } from '@bufbuild/protobuf'
import type { Request, RequestHandler } from 'express'
import { ExclusionFactsSchema, Kind } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { isConflict, isCorrectable, violationsOf } from '../../../clients/problems'
import { render, seeOther } from '../../../components/render'
import { readVersion } from '../../../components/version'
import { renderConflict } from '../../../services/conflict'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { kindWords } from '../../../text/exclusions'
import { recordedHref } from '../draft/controller'
import { openForm, pageHref, unfinished } from '../draft/form'
import { fetchDraft, loadDraft } from '../loadExclusion'
import { pageOfField } from '../meaning/view'
import { checkView } from './view'

async function open({ clients }: Services, request: Request) {
  const draft = await loadDraft(clients, request)
  return { draft, opened: await openForm(clients, draft, draft.facts ?? create(ExclusionFactsSchema)) }
}

export function askCheck(services: Services): RequestHandler {
  return async (request, response) => {
    const { draft, opened } = await open(services, request)
    const [missing] = unfinished(opened, today(services.now()))
    const elsewhere = recordedHref(draft) ?? (missing ? pageHref(draft.draftId, missing.slug) : undefined)
    if (elsewhere) return seeOther(response, elsewhere)
    render(response, 'exclusions/check/page', checkView(draft, opened, []))
  }
}

export function record(services: Services): RequestHandler {
  const { clients } = services
  return async (request, response) => {
    const { draft, opened } = await open(services, request)
    const { draftId, pupilId, urn, facts } = draft
    // Recorded a moment ago, by a second click or from another window.
    const recorded = recordedHref(draft)
    if (recorded) return seeOther(response, recorded)
    const conflict = async () => {
      const { updatedBy, updatedAt } = await fetchDraft(clients, draftId)
      const keep = { href: pageHref(draftId, 'check'), text: 'Check it again' }
      return renderConflict(response, clients, { what: 'draft', state: '', updatedBy, updatedAt, versions: [], keep })
    }
    if (draft.version !== readVersion(request.body)) return conflict()
    try {
      // The draft's id becomes the exclusion's: a draft is recorded once, however often it is sent.
      const { exclusion } = await clients.exclusions.recordExclusion({ exclusionId: draftId, pupilId, urn, facts, draftId })
      request.session.flash = `${kindWords(facts?.kind ?? Kind.UNSPECIFIED).text} recorded: ${exclusion?.reference ?? ''}. See below what is due, and mark each step when it is done.`
      return seeOther(response, `/exclusions/${exclusion?.exclusionId ?? draftId}`)
    } catch (error) {
      if (isConflict(error)) return conflict()
      const said = violationsOf(error)
      if (!isCorrectable(error) || said.length === 0) throw error
      const problems = said.map(({ field, description }) => ({ text: description, href: pageOfField(opened.form, draftId, field, facts?.kind ?? Kind.UNSPECIFIED) }))
      render(response, 'exclusions/check/page', checkView(draft, opened, problems))
    }
  }
}
