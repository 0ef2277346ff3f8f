import { can, type Person } from '../../auth/person'

export type PanelTab = 'cases' | 'sittings' | 'tasks' | 'placements' | 'returns' | 'providers' | 'impact'

// Sub-navigation of the lists of the panel.
export function panelTabs(person: Person, active: PanelTab) {
  const tabs: { tab: PanelTab; text: string; href: string }[] = [
    ...(can(person, 'seePanel') ? [{ tab: 'cases', text: 'Cases', href: '/panel/cases' } as const] : []),
    ...(can(person, 'seeSittings') ? [{ tab: 'sittings', text: 'Sittings', href: '/panel/sittings' } as const] : []),
    ...(can(person, 'seeTasks') ? [{ tab: 'tasks', text: 'Tasks', href: '/panel/tasks' } as const] : []),
    ...(can(person, 'seePlacements') ? [{ tab: 'placements', text: 'Placements', href: '/panel/placements' } as const] : []),
    ...(can(person, 'seePlacements') ? [{ tab: 'returns', text: 'Returns', href: '/panel/returns' } as const] : []),
    ...(can(person, 'seeProviders') ? [{ tab: 'providers', text: 'Providers', href: '/panel/providers' } as const] : []),
    ...(can(person, 'seeImpact') ? [{ tab: 'impact', text: 'Impact', href: '/panel/impact' } as const] : []),
  ]
  return tabs.map(({ tab, ...item }) => ({ ...item, active: tab === active }))
}
