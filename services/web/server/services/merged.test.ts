import { create } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { AccessEntrySchema, type AccessEntry } from '../../gen/pathways/common/v1/access_pb'
import { mergeNewestFirst, readPosition, writePosition, type Position } from './merged'

const sources = ['registry', 'attendance', 'referrals'] as const
type Source = (typeof sources)[number]

function entries(service: string, minutes: number[]): AccessEntry[] {
  return minutes.map(minute => create(AccessEntrySchema, { service, at: new Date(Date.UTC(2026, 10, 20, 12, 0) - minute * 60_000).toISOString() }))
}

// Pages of 50 of three services, read as the loader does until there is no next position.
function readAll(all: Record<Source, AccessEntry[]>): { pages: AccessEntry[][] } {
  let position: Position<Source> | undefined = readPosition(sources, undefined)
  const pages: AccessEntry[][] = []
  for (let turn = 0; position && turn < 20; turn += 1) {
    const at: Position<Source> = position
    const reads = sources.map(source => {
      const from = Number(at[source].token) || 0
      const rows = at[source].end ? [] : all[source].slice(from, from + 50)
      return { source, entries: rows, nextToken: !at[source].end && from + 50 < all[source].length ? String(from + 50) : '' }
    })
    const merged = mergeNewestFirst(reads, at)
    pages.push(merged.entries.map(({ entry }) => entry))
    position = merged.next && readPosition(sources, writePosition(merged.next))
  }
  return { pages }
}

const range = (count: number, step: number, offset = 0) => Array.from({ length: count }, (_, index) => offset + index * step)

describe('Three lists as one', () => {
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
  test('an empty list is one empty page', () => {
    expect(readAll({ registry: [], attendance: [], referrals: [] }).pages).toEqual([[]])
  })
  test('a mangled address begins at the beginning', () => {
    expect(readPosition(sources, '%%%')).toEqual(readPosition(sources, undefined))
    expect(readPosition(sources, Buffer.from('{"registry":1}').toString('base64url'))).toEqual(readPosition(sources, undefined))
  })
})
