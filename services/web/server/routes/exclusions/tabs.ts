import { can, type Person } from '../../auth/person'
import { riskHome } from './risk/links'

type Tab = 'queue' | 'list' | 'risk' | 'trends' | 'drafts' | 'imports'

// Sub-navigation of the lists of exclusions.
export function exclusionTabs(person: Person, active: Tab) {
  const tabs: { tab: Tab; text: string; href: string }[] = [
    { tab: 'queue', text: 'What is owed', href: '/exclusions' },
    { tab: 'list', text: 'All exclusions', href: '/exclusions/list' },
    ...(can(person, 'seeRisk') || can(person, 'auditRisk') ? [{ tab: 'risk', text: 'Early intervention', href: riskHome(person) } as const] : []),
    { tab: 'trends', text: 'Over the years', href: '/exclusions/trends' },
    ...(can(person, 'recordExclusions') ? [{ tab: 'drafts', text: 'Not recorded yet', href: '/exclusions/drafts' } as const] : []),
    ...(can(person, 'upload') ? [{ tab: 'imports', text: 'Files', href: '/exclusions/imports' } as const] : []),
  ]
  return tabs.map(({ tab, ...item }) => ({ ...item, active: tab === active }))
}
