import { Code, ConnectError } from '@connectrpc/connect'
import type { Request, RequestHandler } from 'express'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import { field, onward } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { readVersion } from '../../../components/version'
import { formFields, sentAnswers, shown } from '../../../requestForm/answers'
import type { Services } from '../../../services'
import { stepOptions } from '../../../text/clock'
import { today } from '../../../text/dates'
import { saved } from '../changing'
import { loadExclusion, pupilOf } from '../loadExclusion'
import { checkStep, readTime, stepAnswers, stepPage } from './form'
import { stepView } from './view'

function stepOf(request: Request): string {
  const { step } = request.params
  if (!stepOptions.some(({ value }) => value === step)) throw new ConnectError('no such step', Code.NotFound)
  return String(step)
}

export function askStep({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const step = stepOf(request)
    const found = await loadExclusion(clients, request)
    const { name } = await pupilOf(clients, found.pupilId)
    render(response, 'form', stepView(found, stepPage(step), name, stepAnswers(found, step, today(now())), found.version, {}, path => onward(request, path)))
  }
}

export function markStep({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const step = stepOf(request)
    const page = stepPage(step)
    const found = await loadExclusion(clients, request)
    const takeBack = field(request.body, 'action') === 'take-back'
    const answers = takeBack ? {} : sentAnswers(page, request.body)
    const version = readVersion(request.body)
    const { name } = await pupilOf(clients, found.pupilId)
    const again = (errors: FieldErrors) => render(response, 'form', stepView(found, page, name, answers, version, errors, path => onward(request, path)))
    const errors = takeBack ? {} : checkStep(page, answers, today(now()))
    if (hasErrors(errors)) return again(errors)
    const { exclusionId } = found
    const done = await saved(response, clients, {
      exclusionId,
      send: () => clients.exclusions.recordStep({ exclusionId, version, done: { step, on: answers.on, atTime: readTime(answers.at_time ?? '') ?? '', how: answers.how } }),
      again,
      page,
      fieldOf: path => path.split('.').at(-1) ?? path,
      answersOnly: true,
      versions: current => {
        const theirs = stepAnswers(current, step, '')
        return {
          versions: page.questions
            .filter(({ key }) => (answers[key] ?? '') !== (theirs[key] ?? ''))
            .map(question => ({ question: question.short, yours: shown(question, answers[question.key] ?? ''), theirs: shown(question, theirs[question.key] ?? '') })),
          again: { action: onward(request, `/exclusions/${exclusionId}/steps/${step}`), fields: [['version', String(current.version)], ['action', takeBack ? 'take-back' : ''], ...formFields(page, answers)], text: 'Replace it with mine' },
        }
      },
    })
    if (!done) return
    request.session.flash = takeBack ? `${page.title}: not done after all.` : `${page.title}: done.`
    await seeOther(response, onward(request, `/exclusions/${exclusionId}`))
  }
}
