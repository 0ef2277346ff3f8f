import { z } from 'zod'

// Several services keep a list each, newest first; a page shows them as one. A position says for each of them from which
// page on to read, and how many of its entries were already shown; "end" when there are no more.
const place = z.object({ token: z.string(), skip: z.number().int().min(0), end: z.boolean() })
type Place = z.infer<typeof place>
export type Position<Source extends string> = Record<Source, Place>

const start: Place = { token: '', skip: 0, end: false }
export const mergedPageSize = 50

export interface Read<Source extends string, Entry> {
  source: Source
  entries: Entry[]
  nextToken: string
}

export interface Merged<Source extends string, Entry> {
  entries: { source: Source; entry: Entry }[]
  // Absent on the last page.
  next?: Position<Source>
}

export function readPosition<Source extends string>(sources: readonly Source[], text: string | undefined): Position<Source> {
  const first = Object.fromEntries(sources.map(source => [source, start])) as Position<Source>
  if (!text) return first
  try {
    const parsed = z.record(z.enum(sources), place).safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return parsed.success ? (parsed.data as Position<Source>) : first
  } catch {
    // A mangled address begins at the beginning.
    return first
  }
}

export function writePosition(position: Record<string, Place>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

// The newest entries of all sources, one page of them, and where the next page begins.
export function mergeNewestFirst<Source extends string, Entry extends { at: string }>(
  reads: Read<Source, Entry>[],
  position: Position<Source>,
): Merged<Source, Entry> {
  const rest = reads.map(({ source, entries, nextToken }) => ({ source, nextToken, entries: entries.slice(position[source].skip), taken: 0 }))
  const entries: Merged<Source, Entry>['entries'] = []
  while (entries.length < mergedPageSize) {
    // A source whose page is used up but which has more could hold newer entries than the others: stop there.
    if (rest.some(({ entries: left, taken, nextToken }) => taken === left.length && nextToken !== '' && left.length > 0)) break
    const newest = rest
      .filter(({ entries: left, taken }) => taken < left.length)
      .sort((one, other) => (other.entries[other.taken]?.at ?? '').localeCompare(one.entries[one.taken]?.at ?? ''))[0]
    const entry = newest?.entries[newest.taken]
    if (!newest || !entry) break
    newest.taken += 1
    entries.push({ source: newest.source, entry })
  }
  const next = { ...position }
  for (const { source, entries: left, taken, nextToken } of rest) {
    next[source] =
      taken < left.length
        ? { token: position[source].token, skip: position[source].skip + taken, end: false }
        : { token: nextToken, skip: 0, end: nextToken === '' }
  }
  return { entries, next: reads.every(({ source }) => next[source].end) ? undefined : next }
}

interface Answer<Entry> {
  entries: Entry[]
  nextPageToken: string
}

// Reads the next page of every source. A source that does not answer (nothing) has no entries on this page.
export async function readMerged<Source extends string, Entry extends { at: string }>(
  sources: readonly Source[],
  position: Position<Source>,
  ask: (source: Source, page: { pageSize: number; pageToken: string }) => Promise<Answer<Entry> | undefined>,
): Promise<Merged<Source, Entry>> {
  const reads = await Promise.all(
    sources.map(async (source): Promise<Read<Source, Entry>> => {
      if (position[source].end) return { source, entries: [], nextToken: '' }
      const answer = await ask(source, { pageSize: mergedPageSize, pageToken: position[source].token })
      return { source, entries: answer?.entries ?? [], nextToken: answer?.nextPageToken ?? '' }
    }),
  )
  return mergeNewestFirst(reads, position)
}
