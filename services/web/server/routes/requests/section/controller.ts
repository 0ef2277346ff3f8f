import type { RequestHandler, Response } from 'express'
import { Code, ConnectError } from '@connectrpc/connect'
import type { Request } from 'express'
import type { Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import { isConflict, isCorrectable, violationsOf } from '../../../clients/problems'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import { field } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { checkPage, formFields, merge, sentAnswers, shown, storedAnswers } from '../../../requestForm/answers'
import { findSection, questionsAsked } from '../../../requestForm/definition'
import type { Answers, FormPage, FormSection } from '../../../requestForm/types'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { renderConflict } from '../conflict'
import { fetchRequest, loadWritable, pupilName } from '../loadRequest'
import { sectionHref } from '../taskList/presenter'
import { readVersion } from '../../../components/version'
import { answersForService, nextPath } from './form'
import { sectionView } from './view'

function pageOf(request: Request): { section: FormSection; page: FormPage } {
  const section = findSection(String(request.params.section))
  const page = section?.pages.find(({ slug }) => slug === request.params.page)
  if (!section || !page) throw new ConnectError('no such page', Code.NotFound)
  return { section, page }
}

interface Shown {
  draft: EarlyHelpRequest
  section: FormSection
  page: FormPage
  answers: Answers
  errors: FieldErrors
  version: bigint
  checking: boolean
}

async function show({ clients }: Services, response: Response, shownPage: Shown): Promise<void> {
  const name = await pupilName(clients, shownPage.draft.pupilId)
  render(response, 'requests/section/page', sectionView({ ...shownPage, pupil: name }))
}

export function askPage(services: Services): RequestHandler {
  return async (request, response) => {
    const { section, page } = pageOf(request)
    const draft = await loadWritable(services.clients, request)
    const answers = storedAnswers(draft, section.name)
    const checking = request.query.from === 'check'
    await show(services, response, { draft, section, page, answers, errors: {}, version: draft.version, checking })
  }
}

export function savePage(services: Services): RequestHandler {
  return async (request, response) => {
    const { section, page } = pageOf(request)
    const draft = await loadWritable(services.clients, request)
    const sent = sentAnswers(page, request.body)
    const answers = merge(section, storedAnswers(draft, section.name), sent)
    const version = readVersion(request.body)
    const later = field(request.body, 'action') === 'later'
    const checking = field(request.body, 'from') === 'check'
    // What was typed is checked before what would be hidden is dropped: an error must not vanish with its answer.
    const typed = { ...answers, ...sent }
    const errors = checkPage(page, typed, today(services.now()), !later)
    const again = (problems: FieldErrors) => show(services, response, { draft, section, page, answers: typed, errors: problems, version, checking })
    if (hasErrors(errors)) return again(errors)
    try {
      const saved = await services.clients.referrals.saveSection({
        requestId: draft.requestId,
        version,
        section: { name: section.name, answers: answersForService(section, answers) },
      })
      if (!saved.request) throw new Error('referrals answered without a request')
      return seeOther(response, later ? `/requests/${draft.requestId}` : nextPath(saved.request, section, page, checking))
    } catch (error) {
      if (isConflict(error)) return conflict(services, response, { draft, section, page, answers: sent, errors, version, checking })
      const said = violationsOf(error).map(({ field: path, description }) => [path.split('.').at(-1) ?? path, description] as const)
      if (!isCorrectable(error) || said.length === 0) throw error
      return again(Object.fromEntries(said))
    }
  }
}

async function conflict(services: Services, response: Response, lost: Shown): Promise<void> {
  const { section, page, answers, checking } = lost
  const now = await fetchRequest(services.clients, lost.draft.requestId)
  const theirs = storedAnswers(now, section.name)
  const mine = merge(section, theirs, answers)
  const different = questionsAsked(page, mine).filter(({ key }) => (mine[key] ?? '') !== (theirs[key] ?? ''))
  // The same page sent twice, or a colleague who changed another page: there is nothing to choose.
  if (different.length === 0) return seeOther(response, nextPath(now, section, page, checking))
  const path = sectionHref(now.requestId, section, page.slug)
  await renderConflict(response, services.clients, {
    now,
    versions: different.map(question => ({
      question: question.short,
      yours: shown(question, mine[question.key] ?? ''),
      theirs: shown(question, theirs[question.key] ?? ''),
    })),
    again: { action: path, fields: [['version', String(now.version)], ...formFields(page, answers)], text: 'Replace it with mine' },
    keep: { href: path, text: 'Keep what is there' },
  })
}
