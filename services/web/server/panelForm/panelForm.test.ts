import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Phase } from '../../gen/pathways/panel/v1/service_pb'
import { pagesAsked, questionsOf, withoutHidden } from '../requestForm/definition'
import { missingInWords, panelSections, sectionsFor } from './definition'

const contract = readFileSync(resolve(import.meta.dirname, '../../../../docs/reference/panel-case.md'), 'utf8')
const rows = contract.split('\n').filter(line => /^\|.*\|$/.test(line)).map(line => line.split('|').slice(1, -1).map(cell => cell.trim()))

describe('The form of a case and its contract', () => {
  const questions = panelSections.flatMap(questionsOf)

  test.each(questions.map(question => [question.key, question] as const))('%s is as the contract says', (key, question) => {
    const row = rows.find(cells => new RegExp(`(^|[ ,])${key}\\*?($|[ ,])`).test(cells[1] ?? ''))
    expect(row, key).toBeDefined()
    expect((row?.[1] ?? '').includes(`${key}*`)).toBe(question.required)
    if (question.kind === 'text') expect(row?.[2]).toContain(question.limit.toLocaleString('en-GB'))
    if (question.kind === 'choice' || question.kind === 'choices') for (const { value } of question.options) expect(row?.[2]).toContain(value)
  })

  test('only a school with both phases is asked which panel', () => {
    const keys = (phase: Phase) => sectionsFor({ phase, sections: [] }).flatMap(questionsOf).map(({ key }) => key)
    expect(keys(Phase.SECONDARY)).not.toContain('phase')
    expect(keys(Phase.UNSPECIFIED)).toContain('phase')
  })

  test('a tier is asked of alternative provision only', () => {
    const asked = panelSections.find(({ name }) => name === 'asked')!
    const slugs = (what: string) => pagesAsked(asked, { asked_for: what }).map(({ slug }) => slug)
    expect(slugs('managed_move')).toEqual(['what', 'details'])
    expect(slugs('alternative_provision')).toEqual(['what', 'tier', 'details'])
    expect(withoutHidden(asked, { asked_for: 'managed_move', tier: '2' })).toEqual({ asked_for: 'managed_move' })
  })
})

test('a missing answer is named as its question is', () => {
  expect(missingInWords({ field: 'reason.main_reason', words: 'Answer this question' })).toBe('Why the panel should look at it: Main reason')
  expect(missingInWords({ field: 'reason.unheard_of', words: 'Answer this question' })).toBe('Answer this question')
})
