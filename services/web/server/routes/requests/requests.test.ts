import { create } from '@bufbuild/protobuf'
import type { Request } from 'express'
import { describe, expect, test } from 'vitest'
import { RequestSchema, RequestState, type Request as EarlyHelpRequest } from '../../../gen/pathways/referrals/v1/service_pb'
import { readPaging } from '../../components/pagination'
import { findSection } from '../../requestForm/definition'
import { aPerson } from '../../testSupport'
import { answersView } from './answersView'
import { caseHeader } from './caseHeader'
import { presentCase } from './case/presenter'
import { caseView } from './case/view'
import { checkView } from './check/view'
import { allocateView } from './allocate/view'
import { checkDecided, decisions, findDecision, readDecided } from './decide/form'
import { checkView as decisionCheckView, detailsView } from './decide/view'
import { presentFacts } from './facts'
import { isOverdue, presentRequest } from './list/presenter'
import { statesAsked } from './list/controller'
import { requestsView } from './list/view'
import { isWithdrawable, isWritable } from './loadRequest'
import { answersForService, nextPath } from './section/form'
import { sectionView } from './section/view'
import { presentTasks, sectionsOf } from './taskList/presenter'
import { taskListView } from './taskList/view'
import { readVersion } from '../../components/version'
import { withdrawView } from './withdraw/view'

const now = Date.parse('2026-11-24T09:00:00Z')

function section(name: string, answers: Record<string, string>, complete = true) {
  return { name, complete, answers: Object.entries(answers).map(([key, value]) => ({ key, value })) }
}

function aRequest(change: Parameters<typeof create<typeof RequestSchema>>[1] = {}): EarlyHelpRequest {
  return create(RequestSchema, { requestId: 'r1', reference: 'EH-1', pupilId: 'p1', urn: 900001, state: RequestState.DRAFT, version: 4n, ...change })
}

const names = { pupils: new Map(), schools: new Map([[900001, 'Millbrook']]), people: new Map([['w', 'Grace Adeyemi']]) }

describe('List of requests', () => {
  test('a decision is overdue the day after it was due, and only while it is awaited', () => {
    expect(isOverdue({ state: RequestState.SUBMITTED, decisionDue: '2026-11-24' }, now)).toBe(false)
    expect(isOverdue({ state: RequestState.SUBMITTED, decisionDue: '2026-11-23' }, now)).toBe(true)
    expect(isOverdue({ state: RequestState.ACCEPTED, decisionDue: '2026-11-23' }, now)).toBe(false)
  })
  test('says who holds it', () => {
    expect(presentRequest(aRequest({ state: RequestState.ALLOCATED, workerId: 'w' }), names, now)).toMatchObject({ worker: 'Grace Adeyemi', due: '', reason: 'Not chosen yet' })
  })
  test('leaves drafts to the school, whatever is asked for', () => {
    expect(statesAsked({}, aPerson('school'))).toContain(RequestState.DRAFT)
    expect(statesAsked({}, aPerson('early_help_worker'))).not.toContain(RequestState.DRAFT)
    expect(statesAsked({ state: 'all' }, aPerson('early_help_worker'))).not.toContain(RequestState.DRAFT)
    expect(statesAsked({ state: 'declined' }, aPerson('school'))).toEqual([RequestState.DECLINED])
  })
  test('offers "held by me" to those who can hold', () => {
    const options = (role: Parameters<typeof aPerson>[0]) =>
      requestsView([], 0, aPerson(role), {}, readPaging({}), '', [], '/requests').selects[1]?.items.map(({ value }) => value)
    expect(options('school')).toEqual(['', 'overdue'])
    expect(options('early_help_worker')).toEqual(['', 'overdue', 'mine'])
  })
})

describe('Task list', () => {
  test('tells completed, in progress and not started apart', () => {
    const list = presentTasks(aRequest({ sections: [section('consent', { consent_asked: 'yes' }), section('reason', { main_reason: 'send' }, false)] }))
    expect(list.tasks.map(({ status }) => status)).toEqual(['Completed', 'In progress', ...Array(5).fill('Not started')])
    expect(list).toMatchObject({ done: 1, ready: false })
  })
  test('puts the answer to Early Help first, only while it is awaited', () => {
    expect(sectionsOf({ state: RequestState.MORE_ASKED })[0]?.name).toBe('answer')
    expect(sectionsOf({ state: RequestState.DRAFT })).toHaveLength(7)
  })
  test('opens the check only when all is complete', () => {
    const request = aRequest()
    expect(taskListView(request, 'Ella', 'Millbrook', { tasks: [], done: 0, ready: false }, '/requests').tasks.items.at(-1)).not.toHaveProperty('href')
    expect(taskListView(request, 'Ella', 'Millbrook', { tasks: [], done: 0, ready: true }, '/requests').tasks.items.at(-1)).toHaveProperty('href', '/requests/r1/check')
  })
})

describe('Facts put in by Pathways', () => {
  test('that could not be had are said to be unknown', () => {
    const fact = { key: 'sessions_possible', value: '', source: '', knownAt: '' }
    expect(presentFacts(aRequest({ facts: [fact] }).facts).facts).toEqual([{ label: 'Attendance', value: 'Not known when this was started' }])
  })
  test('are told in words, sessions as one figure', () => {
    const fact = (key: string, value: string) => ({ key, value, source: '', knownAt: '2026-11-20T09:00:00Z' })
    const { facts, asOf } = presentFacts(aRequest({ facts: [fact('sen_provision', 'K'), fact('looked_after', 'false'), fact('sessions_possible', '80'), fact('sessions_absent', '9'), fact('new_fact', 'x'), fact('year_group', ''), fact('absence', 'persistent'), fact('absence_since', '2026-10-05')] }).facts)
    expect(facts).toEqual([
      { label: 'Special educational needs', value: 'SEN support' },
      { label: 'Looked after', value: 'No' },
      { label: 'new fact', value: 'x' },
      { label: 'Year group', value: 'Not known when this was started' },
      { label: 'Sessions missed', value: '9 of 80 possible (11.3%)' },
      { label: 'Of these, unauthorised', value: '0' },
      { label: 'Absence this academic year', value: 'Persistently absent since 5 October 2026' },
    ])
    expect(asOf).toBe('20 November 2026 at 9:00am')
  })
})

describe('A page of the form', () => {
  const consent = findSection('consent')!
  const [asked, given, details] = consent.pages
  test('leads to the next one, to a stop, or back', () => {
    const saved = (answers: Record<string, string>, complete = false) => aRequest({ sections: [section('consent', answers, complete)] })
    expect(nextPath(saved({ consent_asked: 'yes' }), consent, asked!, false)).toBe('/requests/r1/sections/consent/given')
    expect(nextPath(saved({ consent_asked: 'no' }), consent, asked!, false)).toBe('/requests/r1/stop')
    expect(nextPath(saved({ consent_asked: 'yes', consent_given: 'no' }), consent, given!, false)).toBe('/requests/r1/sections/consent/details')
    expect(nextPath(saved({ consent_asked: 'yes', consent_given: 'no' }), consent, details!, false)).toBe('/requests/r1/stop')
    expect(nextPath(saved({ consent_asked: 'yes', consent_given: 'yes' }, true), consent, details!, false)).toBe('/requests/r1')
  })
  test('returns to the check when it was changed from there, once the section is whole again', () => {
    const risk = findSection('risk')!
    const saved = (complete: boolean) => aRequest({ sections: [section('risk', { immediate_danger: 'no', risks: 'missing' }, complete)] })
    expect(nextPath(saved(true), risk, risk.pages[1]!, true)).toBe('/requests/r1/check')
    expect(nextPath(saved(false), risk, risk.pages[1]!, true)).toBe('/requests/r1/sections/risk/details?from=check')
  })
  test('sends answers in the order of the form, without empty ones', () => {
    expect(answersForService(consent, { consent_given: 'yes', consent_asked: 'yes', consent_by: '' })).toEqual([
      { key: 'consent_asked', value: 'yes' },
      { key: 'consent_given', value: 'yes' },
    ])
  })
  test('with one question has it as its heading; with several has a title', () => {
    const base = { draft: aRequest(), section: consent, errors: {}, version: 4n, checking: false, pupil: 'Ella' }
    expect(sectionView({ ...base, page: asked!, answers: {} })).toMatchObject({ single: true, title: 'Have you asked the family if they agree to this request?' })
    const many = sectionView({ ...base, page: details!, answers: { consent_given: 'yes' } })
    expect(many).toMatchObject({ single: false, title: 'Who answered, when and how', version: '4' })
    expect(many.questions.map(({ kind }) => kind)).toEqual(['line', 'radios', 'date', 'radios', 'checkboxes'])
  })
})

describe('Check your answers', () => {
  test('shows every question that was asked, with a way to change it', () => {
    const request = aRequest({ sections: [section('views', { pupil_views_known: 'no', pupil_views_why_not: 'Away <b>', family_views: 'One\nTwo' })] })
    const [views] = answersView(request, [findSection('views')!], true)
    expect(views?.rows.map(({ key, value }) => [key.text, value.html])).toEqual([
      ["Pupil's views known", 'No'],
      ["Why the pupil's views are not known", 'Away &lt;b&gt;'],
      ["Family's views", 'One<br>Two'],
    ])
    expect(views?.rows[1]?.actions?.items[0]?.href).toBe('/requests/r1/sections/views/details?from=check#pupil_views_why_not')
    expect(checkView(request, 'Ella', {}).version).toBe('4')
  })
})

describe('Who may do what when', () => {
  test('a request is written as a draft or while it is awaited, and taken back until it is decided', () => {
    const states = [RequestState.DRAFT, RequestState.SUBMITTED, RequestState.MORE_ASKED, RequestState.ACCEPTED, RequestState.DECLINED]
    expect(states.map(state => isWritable({ state }))).toEqual([true, false, true, false, false])
    expect(states.map(state => isWithdrawable({ state }))).toEqual([true, true, true, false, false])
  })
  test('what is no version is version 0', () => {
    expect([readVersion({ version: '12' }), readVersion({ version: '-1' }), readVersion({})]).toEqual([12n, 0n, 0n])
  })
})

describe('Case page', () => {
  test('tells the school what Early Help decided, in words', () => {
    const declined = presentCase(aRequest({ state: RequestState.DECLINED, decisionCode: 'moved_away', decisionNote: 'They moved.' }), 'Millbrook', names.people, now)
    expect(declined.said).toEqual({ title: 'Declined', code: 'The family has moved away', note: 'They moved.' })
  })
  test('says who holds it', () => {
    const held = presentCase(aRequest({ state: RequestState.ALLOCATED, workerId: 'w' }), 'Millbrook', names.people, now)
    expect(held.facts).toContainEqual({ label: 'Held by', value: 'Grace Adeyemi' })
    const header = caseHeader(aRequest({ state: RequestState.ALLOCATED }), 'Ella', aPerson('early_help_worker'), 'overview', { query: {} } as unknown as Request)
    expect(caseView(header, held, { decide: false, allocate: true, withdraw: false }).allocate?.text).toBe('Name another worker')
    expect(header.back).toEqual({ href: '/requests', text: 'Early Help queue' })
  })
})

describe('Decisions', () => {
  test('need a reason in words, except to accept', () => {
    expect(decisions.filter(({ note }) => !note).map(({ name }) => name)).toEqual(['accept'])
    for (const kind of decisions.filter(({ note }) => note)) {
      expect(checkDecided(kind, { note: '', code: '', workerId: '' }).note).toBe(kind.note?.missing)
      expect(checkDecided(kind, { note: 'too short', code: '', workerId: '' }).note).toMatch(/a few words/)
    }
  })
  test('take only the codes of their list', () => {
    const redirect = findDecision('redirect')!
    const note = 'The hub has a group for this.'
    expect(checkDecided(redirect, { note, code: 'moved_away', workerId: '' })).toEqual({ code: 'Select the service that fits better' })
    expect(checkDecided(redirect, { note, code: 'family_hub', workerId: '' })).toEqual({})
  })
  test('read only the fields that belong to them', () => {
    const body = { note: 'x', code: 'family_hub', worker: 'w' }
    expect(readDecided(findDecision('accept')!, body)).toEqual({ note: '', code: '', workerId: 'w' })
    expect(readDecided(findDecision('ask')!, body)).toEqual({ note: 'x', code: '', workerId: '' })
    expect(findDecision('forged')).toBeUndefined()
  })
  test('are shown once more before they are sent', () => {
    const at = { found: aRequest(), pupil: 'Ella', kind: findDecision('accept')!, decided: { note: '', code: '', workerId: 'w' }, version: 4n }
    const workers = [{ value: 'w', text: 'Grace Adeyemi' }]
    expect(decisionCheckView(at, workers).rows.at(-1)?.value.html).toBe('Grace Adeyemi')
    expect(detailsView(at, workers, {}).worker?.items.find(({ selected }) => selected)?.value).toBe('w')
  })
  test('naming a worker, and withdrawing, keep what was chosen or typed', () => {
    expect(allocateView(aRequest(), 'Ella', [{ value: 'w', text: 'Grace' }], 'w', {}).worker.items[0]?.checked).toBe(true)
    expect(withdrawView(aRequest(), 'Ella', 'They moved', {}).reason.value).toBe('They moved')
  })
})
