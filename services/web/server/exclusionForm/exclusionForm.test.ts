import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { ExclusionFactsSchema, Kind, Session } from '../../gen/pathways/exclusions/v1/service_pb'
import { merge } from '../requestForm/answers'
import { pagesAsked, questionsAsked } from '../requestForm/definition'
import type { Answers } from '../requestForm/types'
import { exclusionForm } from './definition'
import { answersOf, checkExclusionPage, factsOf, questionKey } from './facts'

const today = '2026-11-24'
const reasons = ['BU', 'DB', 'PA', 'PP'].map(code => ({ code, name: code }) as never)
const form = (year = '9', permanent = false) => exclusionForm({ reasons, year, permanent })
const page = (slug: string, of = form()) => of.pages.find(one => one.slug === slug)!
const check = (slug: string, answers: Answers, of = form()) => checkExclusionPage(page(slug, of), answers, today, true)

const suspension: Answers = { kind: 'suspension', start_date: '2026-11-30', start_session: 'pm', days: '5.5', reasons: 'DB,PP', social_worker: 'no' }

describe('Facts and answers', () => {
  test('come back as they went', () => {
    const facts = factsOf(suspension)
    expect(facts).toMatchObject({ kind: Kind.SUSPENSION, startSession: Session.PM, halfDays: 11, reasons: ['DB', 'PP'], hasSocialWorker: false, warningsSeen: false })
    expect(answersOf(facts)).toEqual(suspension)
  })
  test('a no is told from a question not reached yet', () => {
    expect(answersOf(create(ExclusionFactsSchema, {}))).toEqual({})
    expect(answersOf(create(ExclusionFactsSchema, { kind: Kind.PERMANENT, circumstancesAnswered: true }))).toMatchObject({ social_worker: 'no', no_examinations_left: 'yes' })
  })
  test('another kind drops what it does not ask', () => {
    const permanent = merge(form(), { ...suspension, provision: 'At the hub' }, { kind: 'permanent' })
    expect(factsOf(permanent)).toMatchObject({ kind: Kind.PERMANENT, halfDays: 0, startSession: Session.UNSPECIFIED, provision: 'At the hub' })
    const lunch = merge(form(), { ...suspension, provision: 'At the hub' }, { kind: 'lunchtime', lunchtimes: '3' })
    expect(factsOf(lunch)).toMatchObject({ halfDays: 3, provision: '' })
  })
})

describe('Questions', () => {
  test('are those of the kind', () => {
    const asked = (kind: string) => questionsAsked(page('dates'), { kind }).map(({ key }) => key)
    expect(asked('suspension')).toEqual(['start_date', 'start_session', 'days', 'decided_on'])
    expect(asked('lunchtime')).toEqual(['start_date', 'lunchtimes', 'decided_on'])
    expect(asked('permanent')).toEqual(['start_date', 'decided_on'])
  })
  test('about examinations left are for year 11 and a permanent exclusion only', () => {
    const keys = (year: string, kind: string) => questionsAsked(page('circumstances', form(year)), { kind }).map(({ key }) => key)
    expect(keys('11', 'permanent')).toContain('no_examinations_left')
    expect(keys('11', 'suspension')).not.toContain('no_examinations_left')
    expect(keys('10', 'permanent')).not.toContain('no_examinations_left')
  })
  test('every page is asked', () => {
    expect(pagesAsked(form(), suspension).map(({ slug }) => slug)).toEqual(['kind', 'dates', 'reasons', 'circumstances', 'evidence'])
  })
})

describe('What is wrong', () => {
  const dates = (days: string) => check('dates', { ...suspension, days }).days
  test.each(['5.5', '0.5', '12', '45'])('%s school days are a length', days => expect(dates(days)).toBeUndefined())
  test.each(['five', '2.25', '-1', '1.5.5', '100'])('%s school days are none', days => expect(dates(days)).toBe('Enter school days as a number, such as 3 or 2.5'))
  test('no time at all is no exclusion', () => {
    expect(dates('0')).toBe('Enter at least half a school day')
    expect(check('dates', { kind: 'lunchtime', start_date: '2026-11-30', lunchtimes: '0' }).lunchtimes).toBe('Enter lunchtimes as a whole number, such as 3')
  })
  test('an exclusion may begin later, but on a real day', () => {
    expect(check('dates', { ...suspension, start_date: '2026-12-14' })).toEqual({})
    expect(check('dates', { ...suspension, start_date: '2026-02-30' }).start_date).toBe('Enter a real day, such as 9 11 2026')
  })
  test('a fourth reason, and none', () => {
    expect(check('reasons', { reasons: 'BU,DB,PA,PP' })).toEqual({ reasons: 'Select no more than three reasons' })
    expect(check('reasons', {})).toEqual({ reasons: 'Select at least one reason' })
    expect(check('reasons', { reasons: 'BU,DB,PA' })).toEqual({})
  })
  test('a permanent exclusion needs evidence and what was tried', () => {
    expect(Object.keys(check('evidence', {}, form('9', true)))).toEqual(['evidence', 'tried'])
    expect(check('evidence', {})).toEqual({})
  })
  test('is said where it was asked', () => {
    expect(questionKey('facts.half_days', Kind.SUSPENSION)).toBe('days')
    expect(questionKey('facts.half_days', Kind.LUNCHTIME)).toBe('lunchtimes')
    expect(questionKey('facts.has_social_worker', Kind.SUSPENSION)).toBe('social_worker')
    expect(questionKey('facts.start_date', Kind.SUSPENSION)).toBe('start_date')
  })
})
