import { CaseState, DecisionKind, DecisionState, DecisionWay, Origin } from '../gen/pathways/panel/v1/service_pb'
import { addAction, addCase, addDecision, allSections } from './stub/panelRecords'
import type { World } from './stub/world'
import type { Stop } from './tour'

// Cases of every state before the panel, and the pages about them by role.

export function furnishPanel(world: World): void {
  const pupils = world.pupils.filter(({ urn }) => urn === 900001).map(({ pupilId }) => pupilId).slice(20) as [string, string, string, string, string, string]
  const [first, second, third, fourth, fifth] = pupils
  const excluded = world.exclusions.get('exclusion-permanent')?.pupilId ?? first
  addCase(world, 'case-late', excluded, { origin: Origin.PERMANENT_EXCLUSION, exclusionId: 'exclusion-permanent', due: '2026-11-18', sections: allSections().slice(0, 3), createdBy: '', facts: [], deferredFor: ['parent_view'] })
  addAction(world, 'action-late', 'case-late')
  addCase(world, 'case-ready', first, { due: '2026-12-02' })
  addCase(world, 'case-other', second)
  addCase(world, 'case-draft', third, { state: CaseState.DRAFT, referredAt: '', sections: allSections().slice(0, 2) })
  addCase(world, 'case-complete', fourth, { state: CaseState.DRAFT, referredAt: '' })
  addCase(world, 'case-decided', fifth, { state: CaseState.DECIDED, sealed: true, decisionId: 'decision-final' })
  addDecision(world, 'decision-final', 'case-decided', { kind: DecisionKind.ALTERNATIVE_PROVISION, tier: 2, until: '2027-02-12', reviewOn: '2027-01-15', reasons: 'The school has done what it can; a practical programme fits.', conditions: 'Maths and English every week.', way: DecisionWay.AGREEMENT }, { state: DecisionState.FINAL, signedOffAt: '2026-11-20T11:00:00Z', signedOffBy: 'demo-robert-ashworth' })
  addAction(world, 'action-done', 'case-decided', { doneOn: '2026-11-23', overdue: false, ownerAgency: '', ownerPersonId: 'demo-naomi-fletcher' })
}

const one = (path: string) => `/panel/cases/case-${path}`

export const panelStops: Record<'school' | 'inclusion_officer' | 'manager' | 'panel_clerk' | 'panel_chair' | 'panel_member' | 'provider', Stop[]> = {
  school: [
    { name: 'panel-cases', path: '/panel/cases' },
    { name: 'panel-draft', path: one('draft/draft') },
    { name: 'panel-section', path: one('draft/sections/needs/details') },
    { name: 'panel-check', path: one('complete/check') },
    { name: 'panel-end', path: one('ready/end') },
    { name: 'panel-not-allowed', path: one('ready/actions/new'), status: 403 },
  ],
  inclusion_officer: [{ name: 'panel-written', path: one('late/written') }],
  manager: [{ name: 'panel-case', path: one('decided') }],
  panel_clerk: [
    { name: 'home', path: '/' },
    { name: 'panel-cases', path: '/panel/cases' },
    { name: 'panel-case', path: one('late') },
    { name: 'panel-history', path: one('decided/history') },
    { name: 'panel-action', path: one('late/actions/new') },
  ],
  panel_chair: [{ name: 'panel-case', path: one('decided') }],
  panel_member: [{ name: 'home', path: '/' }],
  provider: [{ name: 'home', path: '/' }],
}
