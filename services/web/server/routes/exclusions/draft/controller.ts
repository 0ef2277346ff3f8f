import type { Request, RequestHandler, Response } from 'express'
import { Code, ConnectError } from '@connectrpc/connect'
import { create } from '@bufbuild/protobuf'
import { ExclusionFactsSchema, type Draft } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { isConflict, isCorrectable, violationsOf } from '../../../clients/problems'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import { field } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { readVersion } from '../../../components/version'
import { checkExclusionPage, factsOf, questionKey } from '../../../exclusionForm/facts'
import { formFields, merge, sentAnswers, shown } from '../../../requestForm/answers'
import type { Answers, FormPage } from '../../../requestForm/types'
import { renderConflict } from '../../../services/conflict'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { fetchDraft, loadDraft } from '../loadExclusion'
import { nextHref, openForm, pageBefore, pageHref, questionsOn, unfinished, type Opened } from './form'
import { draftView } from './view'

interface At extends Opened {
  draft: Draft
  page: FormPage
}

async function open({ clients }: Services, request: Request): Promise<At> {
  const draft = await loadDraft(clients, request)
  const opened = await openForm(clients, draft, draft.facts ?? create(ExclusionFactsSchema))
  const page = opened.form.pages.find(({ slug }) => slug === request.params.page)
  if (!page) throw new ConnectError('no such page', Code.NotFound)
  return { ...opened, draft, page }
}

// A draft that was recorded meanwhile is an exclusion.
export function recordedHref({ exclusionId }: Draft): string | undefined {
  return exclusionId ? `/exclusions/${exclusionId}` : undefined
}

// The first page with something missing; else what the exclusion would mean.
export function continueDraft({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const draft = await loadDraft(clients, request)
    const opened = await openForm(clients, draft, draft.facts ?? create(ExclusionFactsSchema))
    const [missing] = unfinished(opened, today(now()))
    await seeOther(response, recordedHref(draft) ?? pageHref(draft.draftId, missing?.slug ?? 'meaning'))
  }
}

export function askDraftPage(services: Services): RequestHandler {
  return async (request, response) => {
    const at = await open(services, request)
    const recorded = recordedHref(at.draft)
    if (recorded) return seeOther(response, recorded)
    const checking = request.query.from === 'check'
    render(response, 'exclusions/draft/page', draftView({ ...at, errors: {}, version: at.draft.version, checking, before: pageBefore(at, at.page) }))
  }
}

export function saveDraftPage(services: Services): RequestHandler {
  const { clients, now } = services
  return async (request, response) => {
    const at = await open(services, request)
    const { draft, page, form } = at
    const sent = sentAnswers(page, request.body)
    const typed = { ...at.answers, ...sent }
    const version = readVersion(request.body)
    const later = field(request.body, 'action') === 'later'
    const checking = field(request.body, 'from') === 'check'
    const again = (errors: FieldErrors) =>
      render(response, 'exclusions/draft/page', draftView({ ...at, answers: typed, errors, version, checking, before: pageBefore(at, page) }))
    const errors = checkExclusionPage(page, typed, today(now()), !later)
    if (hasErrors(errors)) return again(errors)
    const facts = factsOf(merge(form, at.answers, sent))
    try {
      await clients.exclusions.saveDraft({ draftId: draft.draftId, version, facts })
    } catch (error) {
      if (isConflict(error)) return conflict(services, response, { ...at, answers: sent }, checking)
      const said = violationsOf(error).map(({ field: path, description }) => [questionKey(path, facts.kind), description] as const)
      if (!isCorrectable(error) || said.length === 0) throw error
      return again(Object.fromEntries(said))
    }
    if (later) return seeOther(response, '/exclusions/drafts')
    await seeOther(response, nextHref(draft.draftId, await openForm(clients, draft, facts), page.slug, checking, today(now())))
  }
}

function different(page: FormPage, mine: Answers, theirs: Answers) {
  return questionsOn(page, { ...theirs, ...mine }).filter(({ key }) => (mine[key] ?? '') !== (theirs[key] ?? ''))
}

async function conflict(services: Services, response: Response, { draft, page, answers: mine }: At, checking: boolean): Promise<void> {
  const now = await fetchDraft(services.clients, draft.draftId)
  const theirs = await openForm(services.clients, now, now.facts ?? create(ExclusionFactsSchema))
  const path = pageHref(now.draftId, page.slug)
  const questions = different(page, mine, theirs.answers)
  // The same page sent twice, or a colleague who changed another page: there is nothing to choose.
  if (questions.length === 0) return seeOther(response, nextHref(now.draftId, theirs, page.slug, checking, today(services.now())))
  await renderConflict(response, services.clients, {
    what: 'draft',
    state: '',
    updatedBy: now.updatedBy,
    updatedAt: now.updatedAt,
    versions: questions.map(question => ({
      question: question.short,
      yours: shown(question, mine[question.key] ?? ''),
      theirs: shown(question, theirs.answers[question.key] ?? ''),
    })),
    again: now.exclusionId ? undefined : { action: path, fields: [['version', String(now.version)], ...formFields(page, mine)], text: 'Replace it with mine' },
    keep: { href: path, text: 'Keep what is there' },
  })
}
