import type { Clients } from '../../../clients/clients'
import { href } from '../../../components/query'
import { listed, plural } from '../../../text/figures'

// Exclusions of a school, in counts that lead to their lists.

export interface ExclusionCounts {
  all: bigint
  owed: bigint
  late: bigint
}

export async function countExclusions(clients: Clients, urn: number): Promise<ExclusionCounts> {
  const [all, owed, late] = await Promise.all([
    clients.exclusions.listExclusions({ urn, pageSize: 1 }),
    clients.exclusions.listDeadlines({ urn, pageSize: 1 }),
    clients.exclusions.listDeadlines({ urn, late: true, pageSize: 1 }),
  ])
  return { all: all.total, owed: owed.total, late: late.total }
}

export function exclusionLinks(urn: number, counts: ExclusionCounts | undefined, missing: readonly string[]) {
  const school = String(urn)
  return {
    missing: listed(missing),
    exclusions: counts && [
      { href: href('/exclusions/list', { school }), text: plural(counts.all, 'suspension or exclusion', 'suspensions and exclusions') },
      { href: href('/exclusions', { school }), text: plural(counts.owed, 'step owed', 'steps owed') },
      { href: href('/exclusions', { school, show: 'late' }), text: plural(counts.late, 'step late', 'steps late') },
      { href: href('/exclusions/trends', { where: `school-${school}` }), text: 'How exclusions develop over the years' },
    ],
  }
}
