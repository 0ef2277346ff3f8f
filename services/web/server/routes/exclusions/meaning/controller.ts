import { create } from '@bufbuild/protobuf'
import type { Request, RequestHandler } from 'express'
import { ExclusionFactsSchema, type Draft } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { Clients } from '../../../clients/clients'
import { isConflict } from '../../../clients/problems'
import { fields } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { readVersion } from '../../../components/version'
import { renderConflict } from '../../../services/conflict'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { recordedHref } from '../draft/controller'
import { openForm, pageHref } from '../draft/form'
import { fetchDraft, loadDraft } from '../loadExclusion'
import { presentMeaning } from './presenter'
import { meaningView, seen } from './view'

async function load({ clients, now }: Services, request: Request) {
  const draft = await loadDraft(clients, request)
  const facts = draft.facts ?? create(ExclusionFactsSchema)
  const [{ form, pupil }, preview, { reasons }] = await Promise.all([
    openForm(clients, draft, facts),
    clients.exclusions.previewExclusion({ pupilId: draft.pupilId, urn: draft.urn, facts }),
    clients.exclusions.listReasons({}),
  ])
  return { draft, form, pupil, meaning: presentMeaning(preview, facts.halfDays, reasons, today(now())) }
}

export function showMeaning(services: Services): RequestHandler {
  return async (request, response) => {
    const { draft, form, pupil, meaning } = await load(services, request)
    const recorded = recordedHref(draft)
    if (recorded) return seeOther(response, recorded)
    render(response, 'exclusions/meaning/page', meaningView(draft, form, pupil.name, meaning, {}))
  }
}

async function markSeen(clients: Clients, draft: Draft, version: bigint): Promise<void> {
  const facts = create(ExclusionFactsSchema, { ...draft.facts, $typeName: undefined, warningsSeen: true })
  await clients.exclusions.saveDraft({ draftId: draft.draftId, version, facts })
}

export function acceptMeaning(services: Services): RequestHandler {
  const { clients } = services
  return async (request, response) => {
    const { draft, form, pupil, meaning } = await load(services, request)
    const here = pageHref(draft.draftId, 'meaning')
    if (meaning.refuses) return seeOther(response, here)
    if (meaning.mustBeSeen && !fields(request.body, seen).includes('yes')) {
      const errors = { [seen]: 'Confirm that the head teacher has read this' }
      return render(response, 'exclusions/meaning/page', meaningView(draft, form, pupil.name, meaning, errors))
    }
    try {
      if (meaning.mustBeSeen && !draft.facts?.warningsSeen) await markSeen(clients, draft, readVersion(request.body))
    } catch (error) {
      if (!isConflict(error)) throw error
      const { updatedBy, updatedAt } = await fetchDraft(clients, draft.draftId)
      return renderConflict(response, clients, { what: 'draft', state: '', updatedBy, updatedAt, versions: [], keep: { href: here, text: 'See what it would mean now' } })
    }
    await seeOther(response, pageHref(draft.draftId, 'check'))
  }
}
