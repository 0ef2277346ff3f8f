import { randomUUID } from 'node:crypto'
import { Code, ConnectError } from '@connectrpc/connect'
import type { Request, RequestHandler, Response } from 'express'
import type { Letter } from '../../../../gen/pathways/common/v1/letters_pb'
import { can, type Person } from '../../../auth/person'
import type { Clients } from '../../../clients/clients'
import { isCode, isCorrectable, violationsOf } from '../../../clients/problems'
import { hasErrors, type FieldErrors } from '../../../components/errors'
import { field, onward } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { letterPdf } from '../../../letters/pdf'
import { waysOut } from '../../../letters/sending'
import { formFields, sentAnswers } from '../../../requestForm/answers'
import type { Answers, FormPage } from '../../../requestForm/types'
import { peopleById } from '../../../services/names'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { exclusionHeader } from '../header'
import { loadExclusion, pupilOf } from '../loadExclusion'
import { checkLetter, firstAnswers, letterPage, letterWords } from './form'
import { askView, keptView, lettersView, previewView, type About } from './view'

async function about(clients: Clients, request: Request): Promise<About> {
  const found = await loadExclusion(clients, request)
  const { name: pupil } = await pupilOf(clients, found.pupilId)
  return { found, pupil, to: path => onward(request, path) }
}

export function showLetters({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const { found, pupil, to } = await about(clients, request)
    const { exclusionId } = found
    const [{ letters }, { kinds }] = await Promise.all([clients.letters.listLetters({ subjectId: exclusionId }), clients.letters.listLetterKinds({ exclusionId })])
    const people = await peopleById(clients, letters.map(({ keptBy }) => keptBy))
    const header = exclusionHeader(found, pupil, person, 'letters', request)
    render(response, 'exclusions/letters/page', lettersView({ header, found, letters, kinds, people, templates: can(person, 'editLetters'), to }))
  }
}

// The page of a letter that can be written now.
async function pageOf(clients: Clients, exclusionId: string, request: Request): Promise<FormPage> {
  const { kinds } = await clients.letters.listLetterKinds({ exclusionId })
  const kind = kinds.find(one => one.kind === request.params.kind && one.whyNot === '')
  if (!kind) throw new ConnectError('no such letter now', Code.NotFound)
  return letterPage(kind)
}

export function askLetter({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const context = await about(clients, request)
    const page = await pageOf(clients, context.found.exclusionId, request)
    render(response, 'form', askView(context, page, firstAnswers(response.locals.user as Person), {}))
  }
}

// "words.meeting_on" is the question meeting_on; what is not asked there is said at the first.
function errorsOf(error: unknown, page: FormPage): FieldErrors {
  const keyOf = (path: string) => path.split('.').at(-1) ?? path
  const asked = (key: string) => (page.questions.some(question => question.key === key) ? key : (page.questions[0]?.key ?? key))
  return Object.fromEntries(violationsOf(error).map(({ field: path, description }) => [asked(keyOf(path)), description]))
}

interface Writing {
  context: About
  page: FormPage
  answers: Answers
}

async function showPreview(response: Response, clients: Clients, { context, page, answers }: Writing, letterId: string, changed: boolean): Promise<void> {
  const preview = await clients.letters.previewLetter({ exclusionId: context.found.exclusionId, kind: page.slug, words: letterWords(answers) })
  render(response, 'exclusions/letters/preview', previewView(context, page, { preview, letterId, fields: formFields(page, answers), changed }), changed ? 409 : 200)
}

async function keep(request: Request, response: Response, clients: Clients, writing: Writing): Promise<void> {
  const { context, page, answers } = writing
  const { exclusionId } = context.found
  const letterId = field(request.body, 'letter_id')
  try {
    await clients.letters.keepLetter({ letterId, exclusionId, kind: page.slug, words: letterWords(answers), digest: field(request.body, 'digest') })
  } catch (error) {
    if (isCode(error, Code.Aborted)) return showPreview(response, clients, writing, letterId, true)
    throw error
  }
  request.session.flash = 'The letter is kept. Download or print it, send it, and say how it went.'
  await seeOther(response, context.to(`/exclusions/${exclusionId}/letters/${letterId}`))
}

// One form, three ways on: see the letter, change it, keep it.
export function writeLetter({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const context = await about(clients, request)
    const page = await pageOf(clients, context.found.exclusionId, request)
    const writing = { context, page, answers: sentAnswers(page, request.body) }
    const ask = (errors: FieldErrors) => render(response, 'form', askView(context, page, writing.answers, errors))
    const action = field(request.body, 'action')
    if (action === 'change') return ask({})
    const errors = checkLetter(page, writing.answers, today(now()))
    if (hasErrors(errors)) return ask(errors)
    try {
      if (action === 'keep') return await keep(request, response, clients, writing)
      await showPreview(response, clients, writing, randomUUID(), false)
    } catch (error) {
      if (!isCorrectable(error) || violationsOf(error).length === 0) throw error
      ask(errorsOf(error, page))
    }
  }
}

async function load(clients: Clients, request: Request, exclusionId: string): Promise<Letter> {
  const letterId = String(request.params.letter)
  if (!/^[\w-]{1,64}$/.test(letterId)) throw new ConnectError('no such letter', Code.NotFound)
  const { letter } = await clients.letters.getLetter({ letterId })
  if (letter?.subjectId !== exclusionId) throw new ConnectError('no such letter', Code.NotFound)
  return letter
}

async function showKept(response: Response, clients: Clients, context: About, letter: Letter, answers: { how: string; on: string }, errors: FieldErrors): Promise<void> {
  const people = await peopleById(clients, [letter.keptBy, ...letter.sendings.map(({ recordedBy }) => recordedBy)])
  render(response, 'exclusions/letters/letter', keptView(context, letter, people, answers, errors))
}

export function showLetter({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const context = await about(clients, request)
    const letter = await load(clients, request, context.found.exclusionId)
    await showKept(response, clients, context, letter, { how: '', on: today(now()) }, {})
  }
}

const sendingPage: FormPage = {
  slug: 'sent',
  title: '',
  questions: [
    { key: 'how', kind: 'choice', label: '', short: 'How', required: true, options: waysOut, missing: 'Select how the letter went' },
    { key: 'on', kind: 'date', label: '', short: 'Day', required: true, missing: 'Enter the day on which it went' },
  ],
}

export function recordSent({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const context = await about(clients, request)
    const letter = await load(clients, request, context.found.exclusionId)
    const answers = sentAnswers(sendingPage, request.body)
    const sent = { how: answers.how ?? '', on: answers.on ?? '' }
    const errors = checkLetter(sendingPage, answers, today(now()))
    if (hasErrors(errors)) return showKept(response, clients, context, letter, sent, errors)
    await clients.letters.recordLetterSent({ letterId: letter.letterId, ...sent })
    request.session.flash = 'How the letter went is recorded.'
    await seeOther(response, context.to(`/exclusions/${context.found.exclusionId}/letters/${letter.letterId}`))
  }
}

// That it was downloaded is kept with the letter before a byte of it goes out.
export function downloadLetter({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadExclusion(clients, request)
    const { letterId, kind, blocks, keptAt } = await load(clients, request, found.exclusionId)
    await clients.letters.recordLetterSent({ letterId, how: 'downloaded' })
    // No name of a child in a file's name: it lies in folders and logs.
    response.attachment(`${found.reference}-${kind.replaceAll('_', '-')}.pdf`)
    response.type('application/pdf')
    letterPdf(blocks, keptAt).pipe(response)
  }
}
