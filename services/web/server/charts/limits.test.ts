import { describe, expect, test } from 'vitest'
import { limitBar, termLimits, yearLimits } from './limits'

describe('School days against a limit', () => {
  test('exactly the limit passes nothing; half a day more does', () => {
    expect(limitBar('a', 'Term', 0, 10, termLimits)).toMatchObject({ over: false, passed: 'This passes no limit: the first is 5.' })
    expect(limitBar('a', 'Term', 10, 11, termLimits).passed).toBe('This is more than 5: the governing board is told, and meets if parents ask.')
    expect(limitBar('a', 'Term', 20, 31, termLimits).passed).toBe('This is more than 15: the governing board must meet.')
    expect(limitBar('a', 'Year', 80, 90, yearLimits).over).toBe(false)
    expect(limitBar('a', 'Year', 80, 91, yearLimits)).toMatchObject({ over: true, said: '40 before, 45.5 school days with this one' })
  })
  test('what it draws is as long as what it says', () => {
    const { pieces, limits, track } = limitBar('a', 'Year', 30, 60, yearLimits)
    const [before, added] = pieces
    expect(limits[0]!.x).toBeCloseTo(track.x + track.width, 0)
    expect(before!.width / track.width).toBeCloseTo(15 / 45, 2)
    expect(added!.width / track.width).toBeCloseTo(15 / 45, 2)
    expect(added!.x).toBeCloseTo(before!.x + before!.width, 0)
  })
  test('past every limit the bar keeps its place on the page', () => {
    const { pieces, width, limits } = limitBar('a', 'Year', 80, 120, yearLimits)
    expect(Math.max(...pieces.map(({ x, width: wide }) => x + wide))).toBeLessThanOrEqual(width)
    expect(limits[0]!.x).toBeLessThan(width)
  })
  test('a permanent exclusion adds no days', () => {
    expect(limitBar('a', 'Term', 14, 14, termLimits).said).toBe('7 school days; this one adds none')
  })
  test('where what was before is not known, it is one piece', () => {
    const bar = limitBar('a', 'Term', undefined, 12, termLimits)
    expect([bar.pieces.length, bar.said]).toEqual([1, '6 school days'])
  })
})
