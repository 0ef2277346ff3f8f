import { Code, ConnectError } from '@connectrpc/connect'
import type { Request, RequestHandler } from 'express'
import type { Exclusion } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import { pageView } from '../../../components/pageView'
import { onward } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { readVersion } from '../../../components/version'
import { component } from '../../../requestForm/component'
import { formFields, sentAnswers } from '../../../requestForm/answers'
import type { Answers } from '../../../requestForm/types'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { saved } from '../changing'
import { loadExclusion, pupilOf } from '../loadExclusion'
import { checkEnd, findEnd, offeredEnds, type EndKind } from './form'

function kindOf(request: Request): EndKind {
  const kind = findEnd(request.params.end)
  if (!kind) throw new ConnectError('no such ending', Code.NotFound)
  return kind
}

function endView(found: Exclusion, kind: EndKind, pupil: string, answers: Answers, version: bigint, errors: FieldErrors, to: (path: string) => string) {
  return {
    ...pageView(kind.title(pupil), { back: { href: to(`/exclusions/${found.exclusionId}/decided`), text: 'What was decided' }, errors }),
    caption: found.reference,
    intro: kind.intro,
    action: to(`/exclusions/${found.exclusionId}/end/${kind.name}`),
    version: String(version),
    questions: kind.page.questions.map(question => component(question, answers, false, errors)),
    submit: { text: kind.submit, classes: 'govuk-button--warning' },
  }
}

export function askEnd({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const kind = kindOf(request)
    const found = await loadExclusion(clients, request)
    if (!offeredEnds(found).includes(kind)) return seeOther(response, onward(request, `/exclusions/${found.exclusionId}/decided`))
    const { name } = await pupilOf(clients, found.pupilId)
    render(response, 'form', endView(found, kind, name, { on: today(now()) }, found.version, {}, path => onward(request, path)))
  }
}

export function end({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const kind = kindOf(request)
    const found = await loadExclusion(clients, request)
    const answers = sentAnswers(kind.page, request.body)
    const version = readVersion(request.body)
    const { name } = await pupilOf(clients, found.pupilId)
    const again = (errors: FieldErrors) => render(response, 'form', endView(found, kind, name, answers, version, errors, path => onward(request, path)))
    const errors = checkEnd(kind, answers, today(now()))
    if (hasErrors(errors)) return again(errors)
    const { exclusionId } = found
    const done = await saved(response, clients, {
      exclusionId,
      send: () => clients.exclusions.endExclusion({ exclusionId, version, ending: kind.ending, on: answers.on, reason: answers.reason }),
      again,
      page: kind.page,
      fieldOf: path => (path.endsWith('reason') ? 'reason' : 'on'),
      versions: current => ({
        versions: [],
        again: offeredEnds(current).includes(kind)
          ? { action: `/exclusions/${exclusionId}/end/${kind.name}`, fields: [['version', String(current.version)], ...formFields(kind.page, answers)], text: `${kind.submit} all the same` }
          : undefined,
      }),
    })
    if (!done) return
    request.session.flash = kind.done
    await seeOther(response, onward(request, `/exclusions/${exclusionId}`))
  }
}
