import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkPage, merge, sentAnswers, shown } from './answers'
import { declineReasons, draftSections, findQuestion, findSection, pagesAsked, questionsAsked, questionsOf, redirectServices, withoutHidden } from './definition'
import type { FormPage, Question } from './types'

const today = '2026-11-24'

function page(section: string, slug: string): FormPage {
  return findSection(section)!.pages.find(one => one.slug === slug)!
}

const contract = readFileSync(resolve(import.meta.dirname, '../../../../docs/reference/early-help-request.md'), 'utf8')

// The row of a question in the contract's tables: key, type, required, options or limit.
function contractRow(key: string): string[] {
  const row = contract.split('\n').find(line => line.startsWith(`| \`${key}\` |`))
  return (row ?? '').split('|').map(cell => cell.trim()).slice(1)
}

function optionsOrLimit(question: Question): string {
  if (question.kind === 'choice' || question.kind === 'select' || question.kind === 'choices') return question.options.map(({ value }) => `\`${value}\``).join(', ')
  return question.kind === 'date' ? '' : String(question.limit)
}

describe('The definition and its contract', () => {
  const questions = [...draftSections, findSection('answer')!].flatMap(questionsOf)

  test.each(questions.map(question => [question.key, question] as const))('%s is as the contract says', (key, question) => {
    const [, kind, required, options] = contractRow(key)
    expect(kind).toBe(question.kind)
    expect(options).toBe(optionsOrLimit(question))
    expect(required?.startsWith('no')).toBe(!question.required)
    if (question.when && 'is' in question.when && question.required) expect(required).toContain(question.when.key)
  })

  test('the contract names no question that is not asked', () => {
    const named = [...contract.matchAll(/^\| `(\w+)` \| (?:choice|choices|line|text|date) \|/gm)].map(match => match[1])
    expect(named.sort()).toEqual(questions.map(({ key }) => key).sort())
  })

  test('codes of decisions are those of the contract', () => {
    for (const { value } of [...declineReasons, ...redirectServices]) expect(contract).toContain(`\`${value}\``)
  })
})

describe('Conditions', () => {
  test('a refusal asks who, when and how, but not who else knows', () => {
    const asked = questionsAsked(page('consent', 'details'), { consent_asked: 'yes', consent_given: 'no' }).map(({ key }) => key)
    expect(asked).toEqual(['consent_by', 'consent_relationship', 'consent_date', 'consent_how'])
  })
  test('a page without a question to ask is left out', () => {
    expect(pagesAsked(findSection('consent')!, { consent_asked: 'no' }).map(({ slug }) => slug)).toEqual(['asked'])
    expect(pagesAsked(findSection('agencies')!, { agencies_involved: 'not_known' }).map(({ slug }) => slug)).toEqual(['involved'])
  })
  test('a detail is asked for any risk but none', () => {
    const keys = (risks: string) => questionsAsked(page('risk', 'details'), { immediate_danger: 'no', risks }).map(({ key }) => key)
    expect(keys('none')).toEqual(['safe_contact'])
    expect(keys('missing,violence')).toEqual(['risk_detail', 'safe_contact'])
  })
  test('what a changed answer hides is dropped, at every level', () => {
    const answers = { consent_asked: 'no', consent_given: 'yes', consent_by: 'Magda Nowak', consent_told: 'pupil' }
    expect(withoutHidden(findSection('consent')!, answers)).toEqual({ consent_asked: 'no' })
  })
  test('other pages of a section are kept when one is sent', () => {
    const merged = merge(findSection('reason')!, { main_reason: 'send', reason: 'Old words' }, { reason: 'New words', change_wanted: 'Better' })
    expect(merged).toEqual({ main_reason: 'send', reason: 'New words', change_wanted: 'Better' })
  })
})

describe('Answers as sent', () => {
  test('options are put in the order of the form, unknown ones left out', () => {
    expect(sentAnswers(page('tried', 'support'), { tried: ['home_visit', 'forged', 'meeting_with_family'] })).toEqual({ tried: 'meeting_with_family,home_visit' })
  })
  test('line breaks are one character', () => {
    expect(sentAnswers(page('tried', 'details'), { tried_detail: ' one\r\ntwo ' })).toEqual({ tried_detail: 'one\ntwo' })
  })
  test('three boxes make a day; what makes none stays as typed', () => {
    const boxes = (day: string, month: string, year: string) =>
      sentAnswers(page('consent', 'details'), { 'consent_date-day': day, 'consent_date-month': month, 'consent_date-year': year }).consent_date
    expect(boxes('9', '3', '2026')).toBe('2026-03-09')
    expect(boxes('31', '2', '2026')).toBe('2026-02-31')
    expect(boxes('', '', '')).toBe('')
  })
})

describe('What is wrong with a page', () => {
  const details = page('consent', 'details')
  const good = { consent_asked: 'yes', consent_given: 'yes', consent_by: 'Magda Nowak', consent_relationship: 'parent', consent_date: '2026-11-20', consent_how: 'phone', consent_told: 'pupil' }

  test('nothing, when it is complete', () => expect(checkPage(details, good, today, true)).toEqual({}))
  test('everything missing is said at once', () => {
    expect(Object.keys(checkPage(details, { consent_given: 'yes' }, today, true))).toEqual(['consent_by', 'consent_relationship', 'consent_date', 'consent_how', 'consent_told'])
  })
  test('nothing missing, when it is saved for later', () => expect(checkPage(details, { consent_given: 'yes' }, today, false)).toEqual({}))
  test.each([
    ['2026-02-31', 'Enter a real day, such as 9 11 2026'],
    ['2026-11-25', 'The day must be today or in the past'],
    ['2025-11-23', 'The day must be within the last 12 months'],
  ])('the day %s', (day, said) => {
    expect(checkPage(details, { ...good, consent_date: day }, today, true)).toEqual({ consent_date: said })
  })
  test('today, and the same day a year ago, are good days', () => {
    expect(checkPage(details, { ...good, consent_date: today }, today, true)).toEqual({})
    expect(checkPage(details, { ...good, consent_date: '2025-11-24' }, today, true)).toEqual({})
  })
  test('an option that goes with no other', () => {
    expect(Object.keys(checkPage(details, { ...good, consent_told: 'pupil,nobody_else' }, today, true))).toEqual(['consent_told'])
  })
  test('text is measured as browsers measure it', () => {
    const why = page('views', 'details')
    const answers = (text: string) => ({ pupil_views_known: 'no', pupil_views_why_not: text, family_views: 'x' })
    expect(checkPage(why, answers('a'.repeat(500)), today, true)).toEqual({})
    expect(checkPage(why, answers('😀'.repeat(250)), today, true)).toEqual({})
    expect(Object.keys(checkPage(why, answers('😀'.repeat(250) + 'a'), today, true))).toEqual(['pupil_views_why_not'])
  })
})

test('An answer is shown in words', () => {
  expect(shown(findQuestion('consent_date')!, '2026-11-20')).toBe('20 November 2026')
  expect(shown(findQuestion('tried')!, 'home_visit,mentoring')).toBe('Home visit\nMentoring or counselling')
  expect(shown(findQuestion('strengths')!, '')).toBe('Not answered')
})
