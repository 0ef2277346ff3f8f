import type { AccessEntry } from '../../../gen/pathways/common/v1/access_pb'
import type { Clients } from '../../clients/clients'
import { Gathering } from '../../services/gather'
import { readMerged, readPosition, type Position } from '../../services/merged'

// Every service keeps a history of its own.
export const sources = ['registry', 'attendance', 'referrals', 'exclusions', 'panel'] as const
export type Source = (typeof sources)[number]

export interface History {
  entries: AccessEntry[]
  next?: Position<Source>
  // Services that did not answer: their entries are not in the list.
  missing: string[]
}

export async function loadHistory(clients: Clients, pupilId: string, position: string | undefined): Promise<History> {
  const gathering = new Gathering()
  const { entries, next } = await readMerged(sources, readPosition(sources, position), (source, page) =>
    gathering.get(source, () => clients[source].listAccessHistory({ pupilId, ...page })),
  )
  return { entries: entries.map(({ entry }) => entry), next, missing: gathering.missing }
}
