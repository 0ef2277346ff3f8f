import { describe, expect, test } from 'vitest'
import { weeklyAbsenceChart, type Week } from './weeklyAbsence'

function week(monday: string, possible: bigint, authorised: bigint, unauthorised: bigint): Week {
  return { monday, sessions: { possible, authorised, unauthorised, attended: possible - authorised - unauthorised } }
}

const weeks = [week('2026-09-07', 10n, 5n, 1n), week('2026-09-14', 10n, 0n, 0n), week('2026-09-21', 0n, 0n, 0n)]

describe('Chart of absence by week', () => {
  test('stacks unauthorised on authorised absence, and draws nothing for no absence', () => {
    const { bars } = weeklyAbsenceChart('id', 'Kasia', weeks)
    expect(bars).toHaveLength(2)
    const [authorised, unauthorised] = bars
    expect(unauthorised!.y + unauthorised!.height).toBeCloseTo(authorised!.y, 0)
    expect(authorised!.height).toBeCloseTo(5 * unauthorised!.height, 0)
  })
  test('keeps the rules for charts: few gridlines, a line at 10%, no colour alone', () => {
    const chart = weeklyAbsenceChart('id', 'Kasia', weeks)
    expect(chart.gridlines.length).toBeLessThanOrEqual(10)
    expect(chart.threshold.text).toBe('10%')
    expect(chart.legend.map(({ fill }) => fill)).toEqual(['#12436D', 'url(#id-hatch)'])
  })
  test('has every figure in its table, and says that nothing is not applicable', () => {
    const { table } = weeklyAbsenceChart('id', 'Kasia', weeks)
    expect(table.rows.map(row => row.at(-1)?.text)).toEqual(['60.0%', '0.0%', 'not applicable'])
  })
  test('tells in words what it shows', () => {
    expect(weeklyAbsenceChart('id', 'Kasia', weeks).description).toContain('60.0% in the week of 7 September 2026')
    expect(weeklyAbsenceChart('id', 'Kasia', []).description).toBe('No sessions yet.')
  })
  test('labels at most 10 weeks of a whole year', () => {
    const year = Array.from({ length: 39 }, (_, index) => week(new Date(Date.UTC(2026, 8, 7 + index * 7)).toISOString().slice(0, 10), 10n, 1n, 0n))
    expect(weeklyAbsenceChart('id', 'Kasia', year).labels.length).toBeLessThanOrEqual(10)
  })
})
