import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { AccessEntrySchema, type AccessEntry } from '../../../gen/pathways/common/v1/access_pb'
import { mergeHistories, readPosition, writePosition, type Position } from './history'
import { presentHistory } from './presenter'

function entries(service: string, minutes: number[]): AccessEntry[] {
  return minutes.map(minute => create(AccessEntrySchema, { service, at: new Date(Date.UTC(2026, 10, 20, 12, 0) - minute * 60_000).toISOString() }))
}

// Pages of 50 of three services, read as the loader does until there is no next position.
function readAll(all: Record<'registry' | 'attendance' | 'referrals', AccessEntry[]>): { pages: AccessEntry[][] } {
  let position: Position | undefined = readPosition(undefined)
  const pages: AccessEntry[][] = []
  for (let turn = 0; position && turn < 20; turn += 1) {
    const at: Position = position
    const reads = (['registry', 'attendance', 'referrals'] as const).map(source => {
      const from = Number(at[source].token) || 0
      const rows = at[source].end ? [] : all[source].slice(from, from + 50)
      return { source, entries: rows, nextToken: !at[source].end && from + 50 < all[source].length ? String(from + 50) : '' }
    })
    const merged = mergeHistories(reads, at)
    pages.push(merged.entries)
    position = merged.next && readPosition(writePosition(merged.next))
  }
  return { pages }
}

const range = (count: number, step: number, offset = 0) => Array.from({ length: count }, (_, index) => offset + index * step)

describe('Three histories as one', () => {
  test('nothing is lost, nothing doubled, newest first, however the services differ', () => {
    const all = { registry: entries('registry', range(130, 2)), attendance: entries('attendance', range(70, 3, 1)), referrals: entries('referrals', [5, 500]) }
    const { pages } = readAll(all)
    const seen = pages.flat()
    expect(seen).toHaveLength(202)
    expect(new Set(seen).size).toBe(202)
    const times = seen.map(({ at }) => at)
    expect(times).toEqual([...times].sort().reverse())
    expect(pages.every(page => page.length <= 50)).toBe(true)
  })
  test('an empty history is one empty page', () => {
    expect(readAll({ registry: [], attendance: [], referrals: [] }).pages).toEqual([[]])
  })
  test('a mangled address begins at the beginning', () => {
    expect(readPosition('%%%')).toEqual(readPosition(undefined))
    expect(readPosition(Buffer.from('{"registry":1}').toString('base64url'))).toEqual(readPosition(undefined))
  })
})

test('Who looked is named as then, else as now, else by what they are', () => {
  const whoIs = (entry: Parameters<typeof create<typeof AccessEntrySchema>>[1]) => presentHistory(create(AccessEntrySchema, entry), new Map(), new Map([['a', 'Amara Osei']])).who
  expect(whoIs({ personId: 'a', personName: 'Amara Old-Name', role: 'school' })).toBe('Amara Old-Name')
  expect(whoIs({ personId: 'a', role: 'school' })).toBe('Amara Osei')
  expect(whoIs({ personId: 'gone', role: 'school' })).toBe('A person who is no longer known')
  expect(whoIs({ role: 'operator' })).toBe('Whoever runs Pathways, by command')
  expect(whoIs({ personId: 'x', role: 'service' })).toBe('Pathways itself')
})

test('An entry is fit to be read by a family', () => {
  const entry = create(AccessEntrySchema, { at: '2026-11-20T09:05:00Z', personName: 'Priya Raman', role: 'inclusion_officer', action: 'read attendance', urn: 900001, service: 'attendance' })
  expect(presentHistory(entry, new Map([[900001, 'Millbrook']]), new Map())).toEqual({
    when: '20 November 2026 at 9:05am',
    who: 'Priya Raman',
    role: 'Inclusion officer',
    what: 'Read attendance',
    school: 'Millbrook',
    where: 'Attendance',
  })
})
