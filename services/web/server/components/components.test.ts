import type { Request } from 'express'
import { describe, expect, test } from 'vitest'
import { aPerson } from '../testSupport'
import { errorMessage, errorSummary } from './errors'
import { checkboxes, dateInput, lengthOf, longText } from './forms'
import { navigation, whoAmI } from './navigation'
import { pagination, readPaging } from './pagination'
import { backTo, field, fields, href, isOwnPath, readQuery } from './query'
import { checkReason } from './reason'
import { link, tag } from './tables'

const ask = (query: Record<string, unknown>) => ({ query }) as unknown as Request

describe('Query', () => {
  test('takes only what a page knows, as single texts', () => {
    expect(readQuery(ask({ a: ' x ', b: ['1', '2'], c: '', d: 'y' }), ['a', 'b', 'c'])).toEqual({ a: 'x' })
  })
  test('is left out of an address where it is empty', () => {
    expect(href('/x', { a: '', b: undefined })).toBe('/x')
    expect(href('/x', { a: '1 & 2' })).toBe('/x?a=1+%26+2')
  })
  test.each(['/x', '/x?a=b', '/'])('%s is our own', path => expect(isOwnPath(path)).toBe(true))
  test.each(['//evil', '/\\evil', 'https://evil', 'x', '', '/x\r\ny'])('%j is not', path => expect(isOwnPath(path)).toBe(false))
  test('leads back only within this site', () => {
    expect(backTo(ask({ from: '/proposals?kind=severe' }), '/')).toBe('/proposals?kind=severe')
    expect(backTo(ask({ from: '//evil' }), '/home')).toBe('/home')
  })
  test('reads fields as they come', () => {
    expect([field({ a: ' x ' }, 'a'), field({ a: ['x'] }, 'a'), field(undefined, 'a')]).toEqual(['x', '', ''])
    expect([fields({ a: 'x' }, 'a'), fields({ a: ['x', 'y'] }, 'a'), fields({}, 'a')]).toEqual([['x'], ['x', 'y'], []])
  })
})

describe('Pages of a list', () => {
  test('go forward and back by tokens in the address, with the filters', () => {
    const query = { show: 'severe', page: 'B', trail: 'first~A' }
    const links = pagination('/list', query, readPaging(query), 'C')
    expect(links?.next?.href).toBe('/list?show=severe&page=C&trail=first%7EA%7EB')
    expect(links?.previous?.href).toBe('/list?show=severe&page=A&trail=first')
  })
  test('the second page goes back to the first', () => {
    const query = { page: 'A', trail: 'first' }
    expect(pagination('/list', query, readPaging(query), '')).toEqual({ previous: { href: '/list' }, next: undefined })
  })
  test('are not offered where there is one', () => expect(pagination('/list', {}, readPaging({}), '')).toBeUndefined())
})

describe('Forms', () => {
  test('measure text as browsers do', () => expect(lengthOf('a\r\nb😀')).toBe(5))
  test('lead from the error summary to the first box of a date', () => {
    const args = dateInput({ name: 'when', label: 'When?', errors: { when: 'Enter a day' } }, '2026-02-31')
    expect(args.items.map(({ id, value }) => [id, value])).toEqual([['when', '31'], ['when-month', '2'], ['when-year', '2026']])
    expect(errorSummary({ when: 'Enter a day' })?.errorList[0]?.href).toBe('#when')
    const several = { words: 'Say the reasons\nSay for how long' }
    expect(errorSummary(several)?.errorList).toEqual([{ text: 'Say the reasons', href: '#words' }, { text: 'Say for how long', href: '#words' }])
    expect(errorMessage(several, 'words')?.text).toBe('Say the reasons. The top of the page lists all 2 problems')
  })
  test('have their question as heading where it is the only one', () => {
    expect(longText({ name: 'a', label: 'Why?', heading: true }, '', 500).label).toMatchObject({ isPageHeading: true, classes: 'govuk-label--l' })
  })
  test('keep what was chosen', () => {
    const args = checkboxes({ name: 'a', label: 'Which?' }, [{ value: 'x', text: 'X' }, { value: 'y', text: 'Y' }], ['y'])
    expect(args.items.map(({ checked }) => checked)).toEqual([false, true])
  })
  test('want reasons of a few words', () => {
    expect(checkReason('why', '', 100, 'Enter why')).toEqual({ why: 'Enter why' })
    expect(Object.keys(checkReason('why', 'no', 100, 'Enter why'))).toEqual(['why'])
    expect(checkReason('why', 'x'.repeat(101), 100, 'Enter why')).toEqual({ why: 'Write 100 characters or fewer' })
    expect(checkReason('why', 'They moved away', 100, 'Enter why')).toEqual({})
  })
})

describe('Cells', () => {
  test('escape what they show', () => {
    expect(link('/x?a=1&b="', '<b>', 'of "x"').html).toBe('<a class="govuk-link" href="/x?a=1&amp;b=&quot;">&lt;b&gt;<span class="govuk-visually-hidden"> of &quot;x&quot;</span></a>')
    expect(tag('<', 'red')).toContain('&lt;')
  })
})

describe('Navigation', () => {
  const texts = (role: Parameters<typeof aPerson>[0]) => navigation(aPerson(role), '/').map(({ text }) => text)
  test('is what a role is for', () => {
    expect(texts('school')).toEqual(['Home', 'Attendance', 'Proposals', 'Early Help requests', 'Exclusions', 'Panel', 'Registers', 'Find a pupil'])
    expect(texts('early_help_worker')).toEqual(['Home', 'Schools', 'Proposals', 'Early Help queue', 'Find a pupil'])
    expect(texts('data_protection_officer')).toEqual(['Home', 'Find a pupil'])
    expect(texts('administrator')).toEqual(['Home', 'Settings'])
    expect(texts('panel_clerk')).toEqual(['Home', 'Panel', 'Find a pupil'])
    expect(texts('provider')).toEqual(['Home', 'Placements'])
  })
  test('marks where one is', () => {
    expect(navigation(aPerson('school'), '/requests/r1').filter(({ active }) => active).map(({ text }) => text)).toEqual(['Early Help requests'])
  })
  test('says who one is, and where', () => {
    expect(whoAmI(aPerson('school', { title: 'SENCO' }))).toEqual({ name: 'Amara Osei', role: 'SENCO, Millbrook Community School' })
    expect(whoAmI(aPerson('manager')).role).toBe('Manager')
    expect(whoAmI(aPerson('school', { schoolNames: ['A', 'B', 'C'] })).role).toBe('School staff, 3 schools')
  })
})
