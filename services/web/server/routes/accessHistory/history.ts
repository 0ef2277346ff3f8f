import { z } from 'zod'
import type { AccessEntry } from '../../../gen/pathways/common/v1/access_pb'
import type { Clients } from '../../clients/clients'
import { Gathering } from '../../services/gather'

// Three services keep a history each; a page shows them as one, newest first. A position says for each service from
// which page on to read, and how many of its entries were already shown; "end" when there are no more.
const sources = ['registry', 'attendance', 'referrals'] as const
type Source = (typeof sources)[number]

const place = z.object({ token: z.string(), skip: z.number().int().min(0), end: z.boolean() })
type Place = z.infer<typeof place>
const positionShape = z.object({ registry: place, attendance: place, referrals: place })
export type Position = z.infer<typeof positionShape>

export interface History {
  entries: AccessEntry[]
  next?: Position
  // Services that did not answer: their entries are not in the list.
  missing: string[]
}

const start: Place = { token: '', skip: 0, end: false }
const pageSize = 50

export function readPosition(text: string | undefined): Position {
  const first = { registry: start, attendance: start, referrals: start }
  if (!text) return first
  try {
    const parsed = positionShape.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return parsed.success ? parsed.data : first
  } catch {
    // A mangled address begins at the beginning.
    return first
  }
}

export function writePosition(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

interface Read {
  source: Source
  entries: AccessEntry[]
  nextToken: string
}

// The newest entries of all sources, one page of them, and where the next page begins.
export function mergeHistories(reads: Read[], position: Position): Pick<History, 'entries' | 'next'> {
  const rest = reads.map(({ source, entries, nextToken }) => ({ source, nextToken, entries: entries.slice(position[source].skip), taken: 0 }))
  const entries: AccessEntry[] = []
  while (entries.length < pageSize) {
    // A source whose page is used up but which has more could hold newer entries than the others: stop there.
    if (rest.some(({ entries: left, taken, nextToken }) => taken === left.length && nextToken !== '' && left.length > 0)) break
    const newest = rest
      .filter(({ entries: left, taken }) => taken < left.length)
      .sort((one, other) => (other.entries[other.taken]?.at ?? '').localeCompare(one.entries[one.taken]?.at ?? ''))[0]
    const entry = newest?.entries[newest.taken]
    if (!newest || !entry) break
    newest.taken += 1
    entries.push(entry)
  }
  const next = { ...position }
  for (const { source, entries: left, taken, nextToken } of rest) {
    next[source] =
      taken < left.length
        ? { token: position[source].token, skip: position[source].skip + taken, end: false }
        : { token: nextToken, skip: 0, end: nextToken === '' }
  }
  return { entries, next: sources.every(source => next[source].end) ? undefined : next }
}

export async function loadHistory(clients: Clients, pupilId: string, position: Position): Promise<History> {
  const gathering = new Gathering()
  const reads = await Promise.all(
    sources.map(async (source): Promise<Read> => {
      if (position[source].end) return { source, entries: [], nextToken: '' }
      const answer = await gathering.get(source, () => clients[source].listAccessHistory({ pupilId, pageSize, pageToken: position[source].token }))
      return { source, entries: answer?.entries ?? [], nextToken: answer?.nextPageToken ?? '' }
    }),
  )
  return { ...mergeHistories(reads, position), missing: gathering.missing }
}
