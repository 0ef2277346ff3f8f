import { describe, expect, test } from 'vitest'
import { lineChart, wrapped } from './lines'

const words = { title: 'Suspensions per 100 pupils', subtitle: 'Millbrook' }
const periods = ['2022/23', '2023/24', '2024/25', '2025/26', '2026/27'].map((label, index) => ({ label, unfinished: index === 4 }))
const ours = { name: 'Millbrook', values: [undefined, 4, 6, 8, 2], links: [undefined, '/cases?year=202324', undefined, undefined, undefined] }
const england = { name: 'England', values: [9.33, 11.31, undefined, undefined, undefined] }

describe('Chart of lines', () => {
  const chart = lineChart(words, periods, [ours, england])
  test('begins its axis at nought, with few gridlines', () => {
    expect(chart.gridlines[0]).toMatchObject({ text: '0', y: 296 })
    expect(chart.gridlines.length).toBeLessThanOrEqual(7)
  })
  test('leaves out what has no number, and joins nothing over it', () => {
    const gap = lineChart(words, periods, [{ name: 'A', values: [1, undefined, 3, 4, 5] }])
    expect(gap.lines[0]?.points.length).toBe(4)
    expect(gap.lines[0]?.path.match(/M/g)?.length).toBe(2)
  })
  test('tells lines apart by dash and marker besides colour', () => {
    const [first, second] = chart.lines
    expect([first?.dash, second?.dash]).toEqual(['', '8 4'])
    expect(first?.shape).not.toBe(second?.shape)
  })
  test('marks what has not ended, and leads where a point leads', () => {
    expect(chart.lines[0]?.points.map(({ hollow }) => hollow)).toEqual([false, false, false, true])
    expect(chart.lines[0]?.points[0]).toMatchObject({ href: '/cases?year=202324', text: 'Millbrook, 2023/24: 4' })
  })
  test('names lines beside their ends, none on another', () => {
    const same = lineChart(words, periods, ['A', 'B', 'C'].map(name => ({ name, values: [1, 1, 1, 1, 1] })))
    const [first, second, third] = same.lines.map(({ label }) => label.y)
    expect(second! - first!).toBeGreaterThanOrEqual(17)
    expect(third! - second!).toBeGreaterThanOrEqual(17)
  })
  test('says in words from what to what', () => {
    expect(chart.description).toContain('Millbrook: from 4 in 2023/24 to 2 in 2026/27.')
    expect(lineChart(words, periods, [{ name: 'A', values: [] }]).description).toContain('A: no number.')
  })
  test('draws nothing where there is no number', () => {
    expect(lineChart(words, periods, [{ name: 'A', values: [undefined] }]).empty).toBe(true)
    expect(lineChart(words, [], []).empty).toBe(true)
  })
  test('of fifteen terms labels so many that they do not touch', () => {
    const terms = Array.from({ length: 15 }, (_, index) => ({ label: `Autumn ${index}`, unfinished: false }))
    const labels = lineChart(words, terms, [{ name: 'A', values: terms.map(() => 1) }]).labels
    expect(labels.length).toBeLessThanOrEqual(8)
    expect(labels.at(-1)?.words).toEqual(['Autumn', '14'])
  })
})

test('long names take lines, never more than three', () => {
  expect(wrapped('Persistent or general disruptive behaviour')).toEqual(['Persistent or general', 'disruptive behaviour'])
  expect(wrapped('a '.repeat(100).trim()).length).toBe(3)
})
