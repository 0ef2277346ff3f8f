import { Code, ConnectError } from '@connectrpc/connect'
import type { Request, RequestHandler } from 'express'
import type { Exclusion } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import { field, onward } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { readVersion } from '../../../components/version'
import { formFields, sentAnswers, shown } from '../../../requestForm/answers'
import type { Answers } from '../../../requestForm/types'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { saved } from '../changing'
import { loadExclusion, pupilOf } from '../loadExclusion'
import { checkDecision, decisionAnswers, decisionKey, withAnswers } from './form'
import { decisionKinds, offeredDecisions, type DecisionKind } from './kinds'
import { decisionView } from './view'

function kindOf(request: Request): DecisionKind {
  const kind = decisionKinds.find(({ name }) => name === request.params.decision)
  if (!kind) throw new ConnectError('no such decision', Code.NotFound)
  return kind
}

export function askDecision({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const kind = kindOf(request)
    const found = await loadExclusion(clients, request)
    if (!offeredDecisions(found).includes(kind)) return seeOther(response, onward(request, `/exclusions/${found.exclusionId}/decided`))
    const { name: pupil } = await pupilOf(clients, found.pupilId)
    const answers = decisionAnswers(kind.page, found.decisions)
    render(response, 'form', decisionView({ found, kind, pupil, answers, note: '', version: found.version }, {}, path => onward(request, path)))
  }
}

// Both versions of what differs, as the questions ask it.
function versionsOf({ page, name }: DecisionKind, mine: Answers, note: string, takeBack: boolean, now: Exclusion) {
  const theirs = decisionAnswers(page, now.decisions)
  const hidden: [string, string][] = [['version', String(now.version)], ['action', takeBack ? 'take-back' : ''], ['note', note]]
  return {
    versions: page.questions
      .filter(({ key }) => (mine[key] ?? '') !== (theirs[key] ?? ''))
      .map(question => ({ question: question.short, yours: shown(question, mine[question.key] ?? ''), theirs: shown(question, theirs[question.key] ?? '') })),
    again: { action: `/exclusions/${now.exclusionId}/decisions/${name}`, fields: [...hidden, ...formFields(page, mine)], text: 'Replace it with mine' },
  }
}

export function decide({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const kind = kindOf(request)
    const found = await loadExclusion(clients, request)
    const takeBack = field(request.body, 'action') === 'take-back'
    const answers = takeBack ? {} : sentAnswers(kind.page, request.body)
    const note = kind.note ? field(request.body, 'note').replaceAll('\r\n', '\n') : ''
    const version = readVersion(request.body)
    const { name: pupil } = await pupilOf(clients, found.pupilId)
    const again = (errors: FieldErrors) => render(response, 'form', decisionView({ found, kind, pupil, answers, note, version }, errors, path => onward(request, path)))
    const errors = takeBack ? {} : checkDecision(kind.page, answers, note, today(now()))
    if (hasErrors(errors)) return again(errors)
    const { exclusionId } = found
    const done = await saved(response, clients, {
      exclusionId,
      send: () => clients.exclusions.recordDecision({ exclusionId, version, decisions: withAnswers(kind.page, found.decisions, answers), note }),
      again,
      fieldOf: decisionKey,
      page: kind.page,
      answersOnly: note === '',
      versions: current => versionsOf(kind, answers, note, takeBack, current),
    })
    if (!done) return
    request.session.flash = takeBack ? 'It is taken back.' : kind.done
    await seeOther(response, onward(request, `/exclusions/${exclusionId}`))
  }
}
