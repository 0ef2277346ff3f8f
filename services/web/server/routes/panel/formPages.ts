import type { Request, RequestHandler, Response } from 'express'
import type { Person } from '../../auth/person'
import { isConflict, isCorrectable, violationsOf } from '../../clients/problems'
import { hasErrors, type FieldErrors } from '../../components/errors'
import { pageView } from '../../components/pageView'
import { field } from '../../components/query'
import { render, seeOther } from '../../components/render'
import { readVersion } from '../../components/version'
import { checkPage, formFields, sentAnswers, shown } from '../../requestForm/answers'
import { component } from '../../requestForm/component'
import { questionsAsked } from '../../requestForm/definition'
import type { Answers, FormPage } from '../../requestForm/types'
import type { Services } from '../../services'
import { renderConflict } from '../../services/conflict'
import { today } from '../../text/dates'

// What a form is about: where it stands, and how it is asked.
export interface Asked {
  page: FormPage
  caption: string
  // Where the form is sent.
  action: string
  back: { href: string; text: string }
  submit: string
  intro?: string
  // As it stands now; empty for something new.
  stored: Answers
  version: bigint
  // The id of what the form makes, so that a double click makes one.
  id?: string
  // Who changed it last, for a colleague who comes second.
  last?: { what: string; updatedBy: string; updatedAt: string; state: string }
  // What the questions alone cannot tell.
  check?: (answers: Answers) => FieldErrors
  // Answers where to go, and what to say there.
  send: (answers: Answers, version: bigint, id: string) => Promise<{ path: string; flash: string }>
}

export type Ask = (services: Services, request: Request, person: Person) => Promise<Asked>

export function formView({ page, caption, action, back, submit, intro, id }: Asked, answers: Answers, version: bigint, errors: FieldErrors) {
  const single = page.questions.length === 1
  return {
    ...pageView(single ? (page.questions[0]?.label ?? page.title) : page.title, { back, errors }),
    caption,
    single,
    action,
    intro,
    version: String(version),
    fields: id ? [['id', id]] : [],
    questions: page.questions.map(question => component(question, answers, single, errors)),
    submit: { text: submit },
  }
}

// What the service wants corrected, beside the question it is about; at the first one where it is about none.
export function problemsOf(error: unknown, page: FormPage): FieldErrors {
  const first = page.questions[0]?.key ?? ''
  const keyOf = (path: string) => page.questions.find(({ key }) => path.split('.').at(-1) === key)?.key ?? first
  const said = violationsOf(error)
  if (said.length > 0) return Object.fromEntries(said.map(({ field: path, description }) => [keyOf(path), description]))
  return { [first]: (error as { rawMessage?: string }).rawMessage ?? 'This cannot be done now' }
}

async function conflict(services: Services, response: Response, asked: Asked, answers: Answers): Promise<void> {
  const { page, stored, last, version, action, back } = asked
  await renderConflict(response, services.clients, {
    what: last?.what ?? 'record',
    state: last?.state ?? '',
    updatedBy: last?.updatedBy ?? '',
    updatedAt: last?.updatedAt ?? '',
    versions: page.questions.map(question => ({ question: question.short, yours: shown(question, answers[question.key] ?? ''), theirs: shown(question, stored[question.key] ?? '') })),
    again: { action, fields: [['version', String(version)], ...formFields(page, answers)], text: 'Send mine again' },
    keep: back,
  })
}

function personOf(response: Response): Person {
  return response.locals.user as Person
}

// The two halves of a form: the page that asks, and what becomes of the answers.
export function formPages(services: Services, ask: Ask): { show: RequestHandler; send: RequestHandler } {
  return {
    async show(request, response) {
      const asked = await ask(services, request, personOf(response))
      render(response, 'form', formView(asked, asked.stored, asked.version, {}))
    },
    async send(request, response) {
      const asked = await ask(services, request, personOf(response))
      const { page } = asked
      const answers = sentAnswers(page, request.body)
      const version = readVersion(request.body)
      const id = field(request.body, 'id')
      const again = (errors: FieldErrors) => render(response, 'form', formView({ ...asked, id: id || asked.id }, answers, version, errors))
      const required = { ...page, questions: questionsAsked(page, answers) }
      const errors = { ...checkPage(required, answers, today(services.now()), true), ...asked.check?.(answers) }
      if (hasErrors(errors)) return again(errors)
      try {
        const { path, flash } = await asked.send(answers, version, id)
        request.session.flash = flash
        await seeOther(response, path)
      } catch (error) {
        if (isConflict(error)) return conflict(services, response, await ask(services, request, personOf(response)), answers)
        if (!isCorrectable(error)) throw error
        again(problemsOf(error, page))
      }
    },
  }
}
