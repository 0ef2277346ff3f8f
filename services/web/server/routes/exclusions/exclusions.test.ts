import { create } from '@bufbuild/protobuf'
import type { Request } from 'express'
import { describe, expect, test } from 'vitest'
import {
  ClockStepSchema,
  DeadlineSchema,
  DecisionsSchema,
  ExclusionSchema,
  ExclusionState,
  Kind,
  PreviewExclusionResponseSchema,
  StepState,
  TimelineEntrySchema,
  type CountedDay,
  type Exclusion,
} from '../../../gen/pathways/exclusions/v1/service_pb'
import { readPaging } from '../../components/pagination'
import { exclusionForm } from '../../exclusionForm/definition'
import { aPerson } from '../../testSupport'
import { checkDecision, decisionKey, withAnswers } from './decision/form'
import { decisionKinds, offeredDecisions } from './decision/kinds'
import { nextHref, unfinished } from './draft/form'
import { checkEnd, findEnd, offeredEnds } from './end/form'
import { presentEntry } from './exclusion/history'
import { presentDecisions, presentFacts, presentWords } from './exclusion/presenter'
import { presentStep } from './exclusion/steps'
import { presentWorking } from './exclusion/working'
import { clockView, decidedView } from './exclusion/view'
import { exclusionHeader } from './header'
import { readFilters } from './list/form'
import { presentExclusion } from './list/presenter'
import { presentMeaning, presentTotals } from './meaning/presenter'
import { pageOfField } from './meaning/view'
import { presentQueue } from './queue/presenter'
import { queueView } from './queue/view'
import { checkStep, readTime, stepAnswers, stepPage } from './step/form'

const today = '2026-10-01'

function anExclusion(change: Parameters<typeof create<typeof ExclusionSchema>>[1] = {}): Exclusion {
  const usual = create(ExclusionSchema, {
    exclusionId: 'e1',
    reference: 'EX-7K3M-2Q',
    pupilId: 'p1',
    urn: 900001,
    facts: { kind: Kind.SUSPENSION, startDate: '2026-09-28', halfDays: 12, reasons: ['DB', 'XX'] },
    state: ExclusionState.RECORDED,
    endDate: '2026-10-05',
  })
  const changed = create(ExclusionSchema, change)
  return Object.assign(usual, Object.fromEntries(Object.keys(change).map(key => [key, changed[key as keyof Exclusion]])))
}

const permanent = (decisions: Parameters<typeof create<typeof DecisionsSchema>>[1] = {}) =>
  anExclusion({ facts: { kind: Kind.PERMANENT, startDate: '2026-09-07' }, endDate: '', decisions: create(DecisionsSchema, decisions) })
const schools = new Map([[900001, 'Millbrook']])
const people = new Map([['a', 'Amara Osei']])
const step = (change: Parameters<typeof create<typeof ClockStepSchema>>[1] = {}) =>
  create(ClockStepSchema, { step: 'notify_parents', title: 'Tell the parents in writing', owner: 'school', state: StepState.DUE, rule: 'Without delay.', source: 'Reg. 5', ruleVersion: '2024-08', ...change })

describe('The queue', () => {
  const deadline = (due: string, state = StepState.DUE) => create(DeadlineSchema, { exclusion: anExclusion(), step: step({ due, state, schoolDaysLeft: 3 }) })
  const groups = presentQueue([deadline(''), deadline('2026-10-02'), deadline('2026-10-06'), deadline('2026-09-29', StepState.LATE)], new Map(), schools, today)

  test('has what is late first, whatever came first', () => {
    expect(groups.map(({ title, rows }) => [title, rows.length])).toEqual([['Late', 1], ['Today', 1], ['This week', 1], ['Later', 1]])
  })
  test('keeps its filters and page for the way back', () => {
    const view = queueView({ groups, total: 4, person: aPerson('inclusion_officer'), query: { show: 'late' }, paging: readPaging({}), nextToken: '', schools: [{ value: '900001', text: 'Millbrook' }], here: '/exclusions?show=late' })
    expect(view.groups[0]?.table.rows[0]?.[0]?.html).toContain('/exclusions/e1?from=%2Fexclusions%3Fshow%3Dlate')
    expect(view.groups[0]?.heading).toContain('govuk-tag--red')
    expect([view.filtered, view.download]).toEqual([true, '/exclusions/clock.csv'])
  })
  test('offers no drafts and no files to those who do not write them', () => {
    const tabs = (role: Parameters<typeof aPerson>[0]) => queueView({ groups: [], total: 0, person: aPerson(role), query: {}, paging: readPaging({}), nextToken: '', schools: [], here: '/' }).tabs.map(({ text }) => text)
    expect(tabs('school')).toEqual(['What is owed', 'All exclusions', 'Early intervention', 'Over the years', 'Not recorded yet', 'Files'])
    expect(tabs('manager')).toEqual(['What is owed', 'All exclusions', 'Early intervention', 'Over the years'])
  })
})

describe('The list', () => {
  test('reads its filters from the address and says which day is none', () => {
    expect(readFilters({ kind: 'permanent', state: 'cancelled', start_from: '2026-09-01', on: '2026-02-30' })).toMatchObject({
      asked: { kind: Kind.PERMANENT, state: ExclusionState.CANCELLED, from: '2026-09-01', on: '' },
      errors: { on: 'Enter a real day' },
    })
    expect(readFilters({ start_from: '2026-09-02', start_to: '2026-09-01' }).errors).toHaveProperty('start_to')
    expect(readFilters({ kind: 'nonsense' }).asked.kind).toBe(Kind.UNSPECIFIED)
  })
  test('names reasons, and leaves codes it does not know as they are', () => {
    const row = presentExclusion(anExclusion({ nextStep: 'provision_from', nextDue: '2026-10-06', nextSchoolDaysLeft: 3 }), { pupils: new Map(), schools, reasons: [{ code: 'DB', name: 'Disruptive behaviour' } as never] }, today)
    expect(row).toMatchObject({ reasons: ['Disruptive behaviour', 'XX'], length: '6 school days', next: 'Full-time education begins', nextDue: 'Due Tuesday 6 October (3 school days left)' })
  })
})

describe('The working of a date', () => {
  const days = (entries: [string, number, string?][]) => entries.map(([day, number, whySkipped = '']) => ({ day, number, whySkipped }) as CountedDay)
  const weeks = presentWorking(
    days([
      ['2026-10-22', 1],
      ['2026-10-23', 2],
      ['2026-10-24', 0, 'Weekend'],
      ['2026-10-25', 0, 'Weekend'],
      ['2026-10-26', 0, 'Holiday: Half term'],
      ['2026-10-27', 0, 'Holiday: Half term'],
      ['2026-10-28', 0, 'INSET day'],
      ['2026-10-31', 0, 'Weekend'],
      ['2026-11-02', 3],
    ]),
  )
  test('is a row a week, with the numbers of the days', () => {
    expect(weeks.map(({ monday }) => monday)).toEqual(['19 Oct', '26 Oct', '2 Nov'])
    expect(weeks[0]?.days.map(day => day?.number)).toEqual([undefined, undefined, undefined, 1, 2])
    expect(weeks[2]?.days[0]).toEqual({ day: '2 Nov', number: 3, last: true })
  })
  test('says runs of skipped days once, and no weekend in every row', () => {
    expect(weeks[1]?.skipped).toEqual(['Mon 26 Oct to Tue 27 Oct: Holiday: Half term', 'Wed 28 Oct: INSET day'])
    expect(weeks[0]?.skipped).toEqual([])
  })
  test('of a step without a count is empty', () => {
    expect(presentWorking([])).toEqual([])
  })
})

describe('A step', () => {
  const names = { people, schools }
  test('says rule, source, version, from which day and in whose calendar', () => {
    const shown = presentStep(step({ startsFrom: '2026-09-28', startsFromWords: 'the first day', calendarUrn: 900001, due: '2026-10-06', schoolDaysLeft: 3, aim: '2026-10-05', wasDue: '2026-10-02', movedBecause: 'A closure.' }), anExclusion(), names, today, path => `${path}?from=/q`)
    expect(shown).toMatchObject({
      source: 'Reg. 5; rules of 2024-08',
      from: 'Monday 28 September, the first day',
      calendar: 'Millbrook',
      aim: 'Better: Monday 5 October',
      moved: 'It was 2 October 2026. A closure.',
      act: { href: '/exclusions/e1/steps/notify_parents?from=/q', text: 'Mark as done' },
    })
  })
  test('that a decision completes leads to the decision; what is not asked for any more leads nowhere', () => {
    expect(presentStep(step({ step: 'governors_consider_by' }), anExclusion(), names, today, path => `${path}?from=/q`).act).toEqual({ href: '/exclusions/e1/decisions/board?from=/q', text: 'Say what happened' })
    expect(presentStep(step({ state: StepState.MOOT }), anExclusion(), names, today, path => `${path}?from=/q`).act).toBeUndefined()
    expect(presentStep(step(), anExclusion(), names, today).act).toBeUndefined()
  })
  test('that is done says when, how and who entered it', () => {
    const done = anExclusion({ done: [{ step: 'notify_parents', on: '2026-09-28', atTime: '15:05', how: 'post', recordedBy: 'a', recordedAt: '2026-09-28T14:10:00Z' }] })
    expect(presentStep(step({ state: StepState.DONE, doneOn: '2026-09-28' }), done, names, today, path => `${path}?from=/q`)).toMatchObject({ due: 'Done Monday 28 September', done: 'at 15:05, by post, entered by Amara Osei, on 28 September 2026 at 3:10pm', owner: '' })
  })
  test('every step of the law that a decision completes has its page', () => {
    const pages = decisionKinds.map(({ name }) => name)
    for (const one of ['governors_consider_by', 'board_decision_notice', 'review_apply_by', 'review_hearing_by', 'panel_decision', 'governors_reconsider_by']) {
      const { act } = presentStep(step({ step: one }), anExclusion(), names, today, path => `${path}?from=/q`)
      expect(pages).toContain(act?.href.split('/').at(-2)?.replace('?from=', ''))
    }
  })
})

describe('Marking a step', () => {
  test('a notice has a time and a way, other steps only their day', () => {
    expect(stepPage('notify_parents').questions.map(({ key }) => key)).toEqual(['on', 'at_time', 'how'])
    expect(stepPage('set_work').questions.map(({ key }) => key)).toEqual(['on'])
  })
  test.each([['14:30', '14:30'], ['9.05', '09:05'], ['24:00', undefined], ['half past', undefined]])('%s is %s', (typed, time) => expect(readTime(typed)).toBe(time))
  test('begins with today, and is never in the future', () => {
    expect(stepAnswers(anExclusion(), 'set_work', today)).toEqual({ on: today })
    expect(checkStep(stepPage('set_work'), { on: '2026-10-02' }, today)).toEqual({ on: 'The day must be today or in the past' })
    expect(checkStep(stepPage('notify_parents'), { on: today, how: 'email', at_time: '25:10' }, today)).toEqual({ at_time: 'Enter a time, such as 14:30' })
  })
})

describe('Decisions', () => {
  const names = (exclusion: Exclusion) => offeredDecisions(exclusion).map(({ name }) => name)
  test('are offered as the case has come', () => {
    expect(names(anExclusion())).toEqual(['board-told', 'representations', 'board'])
    expect(names(permanent({ boardDecision: 'decline' }))).toContain('review-applied')
    expect(names(permanent({ boardDecision: 'reinstate' }))).not.toContain('review-applied')
    expect(names(anExclusion({ decisions: { boardDecision: 'decline' } }))).not.toContain('review-applied')
    expect(names(permanent({ boardDecision: 'decline', panelDecision: 'uphold' }))).not.toContain('reconsidered')
    expect(names(permanent({ boardDecision: 'decline', panelDecision: 'quash' }))).toContain('reconsidered')
    expect(names(anExclusion({ state: ExclusionState.WITHDRAWN }))).toEqual([])
  })
  const board = decisionKinds.find(({ name }) => name === 'board')!
  test('keep what was decided before', () => {
    const next = withAnswers(board.page, create(DecisionsSchema, { boardToldOn: '2026-09-07', boardMetOn: '2026-09-20' }), { boardMetOn: '2026-09-21', boardDecision: 'decline' })
    expect(next).toMatchObject({ boardToldOn: '2026-09-07', boardMetOn: '2026-09-21', boardDecision: 'decline', reinstatedFrom: '' })
  })
  test('have happened, but a pupil may come back later', () => {
    expect(checkDecision(board.page, { boardMetOn: '2026-10-02', boardDecision: 'decline' }, '', today)).toEqual({ boardMetOn: 'The day must be today or in the past' })
    expect(checkDecision(board.page, { boardMetOn: today, boardDecision: 'reinstate', reinstatedFrom: '2026-10-05' }, '', today)).toEqual({})
    expect(checkDecision(board.page, { boardMetOn: today, boardDecision: 'decline', reinstatedFrom: '2026-10-05' }, '', today)).toHaveProperty('reinstatedFrom')
    expect(checkDecision(board.page, {}, 'x'.repeat(4001), today)).toMatchObject({ boardMetOn: 'Enter the day the governing board met', boardDecision: 'Select what the governing board decided', note: 'Write 4000 characters or fewer' })
  })
  test('are said beside the question that asked', () => {
    expect([decisionKey('decisions.board_met_on'), decisionKey('note')]).toEqual(['boardMetOn', 'note'])
  })
  test('are told with their day', () => {
    expect(presentDecisions(permanent({ boardMetOn: '2026-09-21', boardDecision: 'decline' }))).toEqual([{ label: 'Governing board met', value: '21 September 2026: Decline to reinstate the pupil' }])
  })
})

describe('Ending', () => {
  test('by the head teacher is offered until the board has met; by mistake always; twice never', () => {
    const names = (exclusion: Exclusion) => offeredEnds(exclusion).map(({ name }) => name)
    expect(names(anExclusion())).toEqual(['cancel', 'withdraw'])
    expect(names(permanent({ boardMetOn: '2026-09-21' }))).toEqual(['withdraw'])
    expect(names(anExclusion({ state: ExclusionState.CANCELLED }))).toEqual([])
  })
  test('needs a day and a few words', () => {
    expect(Object.keys(checkEnd(findEnd('cancel')!, { on: '', reason: 'no' }, today))).toEqual(['on', 'reason'])
  })
})

describe('What it would mean', () => {
  const preview = create(PreviewExclusionResponseSchema, {
    problems: [{ field: 'facts.half_days', words: 'Too long' }],
    warnings: [{ code: 'has_ehcp', text: 'A plan.', mustBeSeen: true }],
    totals: { halfDaysInTerm: 16, halfDaysInYear: 30, halfDaysElsewhere: 4 },
    endDate: '2026-10-05',
    backOn: '2026-10-06',
  })
  test('has totals before and after', () => {
    expect(presentMeaning(preview, 12, [], today)).toMatchObject({
      totals: { term: { before: 4, after: 16 }, year: { before: 18, after: 30 }, elsewhere: ', 2 of them at another school' },
      mustBeSeen: true,
      refuses: true,
    })
  })
  test('does not guess what was before in two terms', () => {
    expect(presentTotals(create(PreviewExclusionResponseSchema, { totals: { halfDaysInTerm: 10, halfDaysInYear: 20, halfDaysInOtherTerm: 10 } }).totals, 20)?.term.before).toBeUndefined()
  })
  test('leads from a problem to the question that caused it', () => {
    const form = exclusionForm({ reasons: [], year: '9', permanent: false })
    expect(pageOfField(form, 'd1', 'facts.half_days', Kind.SUSPENSION)).toBe('/exclusions/drafts/d1/dates?from=check#days')
    expect(pageOfField(form, 'd1', 'facts.warnings_seen', Kind.SUSPENSION)).toBe('/exclusions/drafts/d1/meaning')
  })
})

describe('A draft', () => {
  const form = exclusionForm({ reasons: [{ code: 'DB', name: 'Disruptive' } as never], year: '9', permanent: false })
  const pupil = { name: 'Ella', year: '9' }
  const whole = { kind: 'suspension', start_date: '2026-09-28', start_session: 'am', days: '3', reasons: 'DB', social_worker: 'no' }
  test('goes on with the next page, and from the check back to what it means', () => {
    expect(nextHref('d1', { form, answers: { kind: 'suspension' } }, 'kind', false, today)).toBe('/exclusions/drafts/d1/dates')
    expect(nextHref('d1', { form, answers: whole }, 'evidence', false, today)).toBe('/exclusions/drafts/d1/meaning')
    expect(nextHref('d1', { form, answers: whole }, 'dates', true, today)).toBe('/exclusions/drafts/d1/meaning')
    expect(nextHref('d1', { form, answers: { ...whole, reasons: '' } }, 'dates', true, today)).toBe('/exclusions/drafts/d1/reasons')
  })
  test('knows what is still missing', () => {
    expect(unfinished({ form, answers: { kind: 'suspension' } }, today).map(({ slug }) => slug)).toEqual(['dates', 'reasons', 'circumstances'])
    expect(pupil.name).toBe('Ella')
  })
})

describe('The page of an exclusion', () => {
  const request = (from?: string) => ({ query: { from } }) as unknown as Request
  const header = exclusionHeader(anExclusion(), 'Ella Jones', aPerson('school'), 'clock', request('/exclusions/list?kind=suspension'))

  test('goes back to the list one came from', () => {
    expect(header).toMatchObject({ title: 'Suspension of Ella Jones', back: { href: '/exclusions/list?kind=suspension', text: 'All exclusions' } })
  })
  test('tells what is owed apart from what is done', () => {
    const steps = [step(), step({ step: 'set_work', state: StepState.DONE })].map(one => presentStep(one, anExclusion(), { people, schools }, today, path => `${path}?from=/q`))
    const view = clockView({ header, facts: presentFacts(anExclusion(), [], 'Millbrook'), steps, notApplicable: [], totals: undefined })
    expect([view.owed.length, view.others.length, view.bars]).toEqual([1, 1, []])
  })
  test('says to those who are not on the case that words are not for them', () => {
    expect(presentWords(anExclusion())).toEqual([])
    expect(decidedView({ header, facts: [], words: [], hidden: true, decisions: [], actions: [], further: [] }).hidden).toBe(true)
  })
  test('has a history of who did what, in which role', () => {
    const entry = create(TimelineEntrySchema, { kind: 'step_done', step: 'notify_parents', personId: 'a', role: 'school', urn: 900001, exclusionId: 'e1', change: 'days: 3 -> 2' })
    expect(presentEntry(entry, people, schools, true)).toMatchObject({ what: 'Done: tell the parents in writing', by: 'Amara Osei, school staff', figures: 'days: 3 to 2', link: { href: '/exclusions/e1' } })
    expect(presentEntry(create(TimelineEntrySchema, { kind: 'something_new' }), people, schools, false)).toMatchObject({ what: 'Something new', by: 'Pathways' })
  })
})
