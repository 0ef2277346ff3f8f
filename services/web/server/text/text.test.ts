import { describe, expect, test } from 'vitest'
import { ageOn, brief, dateTime, dayOfWeek, isDay, longDay, today } from './dates'
import { absent, count, missedOf, percent, plural, tenths } from './figures'
import { breakdown, crossing, yearGroup } from './words'

describe('Dates', () => {
  test('are written as people write them, and September keeps its t', () => {
    expect(longDay('2026-09-01')).toBe('1 September 2026')
    expect(brief('2026-09-01')).toBe('1 Sep')
    expect(dayOfWeek('2026-11-24')).toBe('Tue 24 Nov')
  })
  test('that are no days are not written', () => {
    expect(isDay('2026-02-29')).toBe(false)
    expect(isDay('2028-02-29')).toBe(true)
    expect(longDay('yesterday')).toBe('')
  })
  test('of an instant are local: summer time counts', () => {
    expect(dateTime('2026-07-01T08:05:00Z')).toBe('1 July 2026 at 9:05am')
    expect(dateTime('2026-12-01T20:05:00Z')).toBe('1 December 2026 at 8:05pm')
    expect(today(Date.parse('2026-06-30T23:30:00Z'))).toBe('2026-07-01')
    expect(dateTime('')).toBe('')
  })
  test('age is in whole years', () => {
    expect(ageOn('2011-11-24', '2026-11-23')).toBe(14)
    expect(ageOn('2011-11-24', '2026-11-24')).toBe(15)
    expect(ageOn('', '2026-11-24')).toBeUndefined()
  })
})

describe('Figures', () => {
  test('round halves away from zero, to one decimal', () => {
    expect(percent(1n, 16n)).toBe('6.3%')
    expect(percent(1n, 8n)).toBe('12.5%')
    expect(tenths(1, 2000)).toBe(1)
    expect(percent(19, 200)).toBe('9.5%')
  })
  test('of nothing are not applicable, never 0%', () => {
    expect(percent(0n, 0n)).toBe('not applicable')
  })
  test('name one and many', () => {
    expect(plural(1n, 'session')).toBe('1 session')
    expect(plural(1200, 'session')).toBe('1,200 sessions')
    expect(missedOf(12n, 96n)).toBe('12 of 96 sessions missed')
    expect(count(1234567n)).toBe('1,234,567')
  })
  test('count authorised and unauthorised absence together', () => {
    expect(absent({ possible: 10n, attended: 7n, authorised: 2n, unauthorised: 1n })).toBe(3n)
  })
})

describe('Words', () => {
  test('of year groups', () => {
    expect(['R', 'N2', '7', 'X', ''].map(yearGroup)).toEqual(['Reception', 'Nursery 2', 'Year 7', 'No year group', 'not recorded'])
  })
  test('of groups depend on their topic: N is a SEN provision and a no', () => {
    expect(breakdown('sen_provision', 'N')).toBe('No special educational need recorded')
    expect(breakdown('pupil_premium', 'N')).toBe('No')
  })
  test('of a kind nobody has named yet are still words', () => {
    expect(crossing('new_kind_of_line')).toBe('new kind of line')
  })
})
