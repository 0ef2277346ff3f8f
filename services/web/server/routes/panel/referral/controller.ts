import { Code, ConnectError } from '@connectrpc/connect'
import type { Request, RequestHandler, Response } from 'express'
import { CaseState, type PanelCase } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Person } from '../../../auth/person'
import { isConflict, isCorrectable, violationsOf } from '../../../clients/problems'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import { field } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { readVersion } from '../../../components/version'
import { sectionsFor } from '../../../panelForm/definition'
import { checkPage, formFields, merge, sentAnswers, shown, storedAnswers } from '../../../requestForm/answers'
import { questionsAsked } from '../../../requestForm/definition'
import { renderConflict } from '../../../services/conflict'
import { schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { caseState } from '../../../text/panel'
import { answersForService } from '../../requests/section/form'
import { fetchCase, isWritable, loadCase, pupilName } from '../load'
import { nextPath, presentTasks } from './presenter'
import { sectionHref } from './rows'
import { checkView, sectionView, taskListView, type SectionPage } from './view'

// The form brings the id of the draft it makes, so that a double click makes one.
export function createCase({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const caseId = field(request.body, 'case_id')
    const { panelCase } = await clients.panel.createCase({ caseId, pupilId: field(request.body, 'pupil_id'), urn: Number(field(request.body, 'urn')) || 0, requestId: field(request.body, 'request_id') })
    await seeOther(response, `/panel/cases/${panelCase?.caseId ?? ''}/draft`)
  }
}

async function loadWritable({ clients }: Services, request: Request, response: Response): Promise<PanelCase> {
  const found = await loadCase(clients, request)
  if (!isWritable(found, response.locals.user as Person)) throw new ConnectError('What is written in this case cannot be changed any more.', Code.FailedPrecondition)
  return found
}

export function showTasks(services: Services): RequestHandler {
  return async (request, response) => {
    const { clients } = services
    const found = await loadWritable(services, request, response)
    const [pupil, schools] = await Promise.all([pupilName(clients, found.pupilId), schoolsByUrn(clients, [found.urn])])
    render(response, 'panel/referral/tasks', taskListView(found, pupil, schools.get(found.urn) ?? ''))
  }
}

function pageOf(found: PanelCase, request: Request) {
  const section = sectionsFor(found).find(({ name }) => name === request.params.section)
  const page = section?.pages.find(({ slug }) => slug === request.params.page)
  if (!section || !page) throw new ConnectError('no such page', Code.NotFound)
  return { section, page }
}

async function show({ clients }: Services, response: Response, shownPage: Omit<SectionPage, 'pupil'>): Promise<void> {
  render(response, 'panel/referral/section', sectionView({ ...shownPage, pupil: await pupilName(clients, shownPage.found.pupilId) }))
}

export function askSection(services: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadWritable(services, request, response)
    const { section, page } = pageOf(found, request)
    await show(services, response, { found, section, page, answers: storedAnswers(found, section.name), errors: {}, version: found.version, checking: request.query.from === 'check' })
  }
}

export function saveSection(services: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadWritable(services, request, response)
    const { section, page } = pageOf(found, request)
    const sent = sentAnswers(page, request.body)
    const stored = storedAnswers(found, section.name)
    const answers = merge(section, stored, sent)
    const later = field(request.body, 'action') === 'later'
    // What was typed is checked before what would be hidden is dropped: an error must not vanish with its answer.
    const typed = { ...answers, ...sent }
    const shownPage = { found, section, page, answers: typed, version: readVersion(request.body), checking: field(request.body, 'from') === 'check' }
    const again = (errors: FieldErrors) => show(services, response, { ...shownPage, errors })
    const errors = checkPage(page, typed, today(services.now()), !later)
    if (hasErrors(errors)) return again(errors)
    try {
      const { panelCase } = await services.clients.panel.saveCaseSection({ caseId: found.caseId, version: shownPage.version, section: { name: section.name, answers: answersForService(section, answers) } })
      if (!panelCase) throw new Error('panel answered without a case')
      await seeOther(response, later ? `/panel/cases/${found.caseId}/draft` : nextPath(panelCase, section, page, shownPage.checking))
    } catch (error) {
      if (isConflict(error)) return conflict(services, response, { ...shownPage, answers: sent, errors })
      const said = violationsOf(error).map(({ field: path, description }) => [path.split('.').at(-1) ?? path, description] as const)
      if (!isCorrectable(error) || said.length === 0) throw error
      await again(Object.fromEntries(said))
    }
  }
}

async function conflict({ clients }: Services, response: Response, lost: Omit<SectionPage, 'pupil'>): Promise<void> {
  const { section, page, answers, checking } = lost
  const now = await fetchCase(clients, lost.found.caseId)
  const theirs = storedAnswers(now, section.name)
  const mine = merge(section, theirs, answers)
  const different = questionsAsked(page, mine).filter(({ key }) => (mine[key] ?? '') !== (theirs[key] ?? ''))
  // The same page sent twice, or a colleague who changed another page: there is nothing to choose.
  if (different.length === 0) return seeOther(response, nextPath(now, section, page, checking))
  const path = sectionHref(now.caseId, section.name, page.slug)
  await renderConflict(response, clients, {
    what: 'case',
    state: caseState(now.state).text,
    updatedBy: now.updatedBy,
    updatedAt: now.updatedAt,
    versions: different.map(question => ({ question: question.short, yours: shown(question, mine[question.key] ?? ''), theirs: shown(question, theirs[question.key] ?? '') })),
    again: { action: path, fields: [['version', String(now.version)], ...formFields(page, answers)], text: 'Replace it with mine' },
    keep: { href: path, text: 'Keep what is there' },
  })
}

export function askCheck(services: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadWritable(services, request, response)
    if (!presentTasks(found).ready) return seeOther(response, `/panel/cases/${found.caseId}/draft`)
    render(response, 'panel/referral/check', checkView(found, await pupilName(services.clients, found.pupilId), {}))
  }
}

export function refer(services: Services): RequestHandler {
  return async (request, response) => {
    const { clients } = services
    const found = await loadCase(clients, request)
    const path = `/panel/cases/${found.caseId}`
    // Sent a moment ago, by a second click or from another window.
    if (found.state !== CaseState.DRAFT) return seeOther(response, path)
    try {
      await clients.panel.referCase({ caseId: found.caseId, version: readVersion(request.body) })
      request.session.flash = `Referred to the panel: ${found.reference}.`
      await seeOther(response, path)
    } catch (error) {
      const said = violationsOf(error)
      if (!isCorrectable(error) || said.length === 0) throw error
      const errors = Object.fromEntries(said.map(({ field: name, description }) => [name, description]))
      render(response, 'panel/referral/check', checkView(found, await pupilName(clients, found.pupilId), errors))
    }
  }
}
