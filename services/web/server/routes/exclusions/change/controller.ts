import type { RequestHandler } from 'express'
import { Kind, type Exclusion, type Warning } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import { checkboxes } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { fields, onward } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { readVersion } from '../../../components/version'
import { questionKey } from '../../../exclusionForm/facts'
import { component } from '../../../requestForm/component'
import { formFields, sentAnswers, shown } from '../../../requestForm/answers'
import type { Answers } from '../../../requestForm/types'
import type { Conflict } from '../../../services/conflict'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { saved } from '../changing'
import { fetchExclusion, loadExclusion } from '../loadExclusion'
import { seen } from '../meaning/view'
import { changedFacts, checkChange, isChangeable, openChange, warningsOf, type Changing } from './form'

function changeView(found: Exclusion, { page, pupil }: Changing, answers: Answers, version: bigint, errors: FieldErrors, to: (path: string) => string, warnings: Warning[] = []) {
  return {
    ...pageView(page.title, { back: { href: to(`/exclusions/${found.exclusionId}/decided`), text: 'What was decided' }, errors }),
    caption: `${found.reference}, ${pupil}`,
    intro: 'What it was stays in its history. A suspension cannot become longer, or permanent: record a further one instead.',
    action: to(`/exclusions/${found.exclusionId}/change`),
    version: String(version),
    questions: page.questions.map(question => component(question, answers, false, errors)),
    submit: { text: 'Save the change' },
    warnings,
    seen: warnings.length > 0 ? checkboxes({ name: seen, label: 'Before you go on', errors }, [{ value: 'yes', text: 'The head teacher has read this and goes on' }], []) : undefined,
  }
}

export function askChange({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadExclusion(clients, request)
    if (!isChangeable(found)) return seeOther(response, onward(request, `/exclusions/${found.exclusionId}/decided`))
    const changing = await openChange(clients, found)
    render(response, 'form', changeView(found, changing, changing.answers, found.version, {}, path => onward(request, path)))
  }
}

async function versionsOf({ clients }: Services, exclusionId: string, mine: Answers): Promise<Pick<Conflict, 'versions' | 'again'>> {
  const { exclusion: now } = await fetchExclusion(clients, exclusionId)
  const { page, answers: theirs } = await openChange(clients, now)
  return {
    versions: page.questions
      .filter(({ key }) => key !== 'change_reason' && (mine[key] ?? '') !== (theirs[key] ?? ''))
      .map(question => ({ question: question.short, yours: shown(question, mine[question.key] ?? ''), theirs: shown(question, theirs[question.key] ?? '') })),
    again: isChangeable(now) ? { action: `/exclusions/${exclusionId}/change`, fields: [['version', String(now.version)], ...formFields(page, mine)], text: 'Replace it with mine' } : undefined,
  }
}

export function changeExclusion(services: Services): RequestHandler {
  const { clients, now } = services
  return async (request, response) => {
    const found = await loadExclusion(clients, request)
    const changing = await openChange(clients, found)
    const answers = sentAnswers(changing.page, request.body)
    const version = readVersion(request.body)
    const again = (errors: FieldErrors, warnings: Warning[] = []) =>
      render(response, 'form', changeView(found, changing, answers, version, errors, path => onward(request, path), warnings))
    const errors = checkChange(changing.page, { ...changing.answers, ...answers }, today(now()))
    if (hasErrors(errors)) return again(errors)
    const { exclusionId } = found
    const hasSeen = fields(request.body, seen).includes('yes')
    const facts = changedFacts(changing, answers, found, hasSeen)
    const warnings = hasSeen ? [] : await warningsOf(clients, found, facts)
    if (warnings.length > 0) return again({ [seen]: 'Confirm that the head teacher has read this' }, warnings)
    const done = await saved(response, clients, {
      exclusionId,
      send: () => clients.exclusions.changeExclusion({ exclusionId, version, facts, reason: answers.change_reason }),
      again,
      page: changing.page,
      fieldOf: path => (path === 'reason' ? 'change_reason' : questionKey(path, facts.kind ?? Kind.UNSPECIFIED)),
      answersOnly: true,
      versions: () => versionsOf(services, exclusionId, answers),
    })
    if (!done) return
    request.session.flash = 'The change is saved, and the dates are counted again.'
    await seeOther(response, onward(request, `/exclusions/${exclusionId}`))
  }
}
