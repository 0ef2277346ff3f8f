import { create } from '@bufbuild/protobuf'
import { CaseState, DecisionKind, DecisionState, DecisionWay, MemberSchema, Origin, PlacementState, Seat, SittingState, PanelSchema, Phase } from '../gen/pathways/panel/v1/service_pb'
import { addAction, addCase, addDecision, addSitting, allSections } from './stub/panelRecords'
import { addTask } from './stub/panelClosing'
import { addFile } from './stub/panelFiles'
import { addPlacement, addProvider } from './stub/panelPlaces'
import { addPlan } from './stub/panelReturns'
import { agendaItem } from './stub/panelRoom'
import type { World } from './stub/world'
import type { Stop } from './tour'

// Cases of every state before the panel, and the pages about them by role.

export function furnishPanel(world: World): void {
  const pupils = world.pupils.filter(({ urn }) => urn === 900001).map(({ pupilId }) => pupilId).slice(20) as [string, string, string, string, string, string, string]
  const [first, second, third, fourth, fifth, sixth] = pupils
  const excluded = world.exclusions.get('exclusion-permanent')?.pupilId ?? first
  addCase(world, 'case-late', excluded, { origin: Origin.PERMANENT_EXCLUSION, exclusionId: 'exclusion-permanent', due: '2026-11-18', sections: allSections().slice(0, 3), createdBy: '', facts: [], deferredFor: ['parent_view'] })
  addAction(world, 'action-late', 'case-late')
  addCase(world, 'case-ready', first, { due: '2026-12-02' })
  addCase(world, 'case-other', second)
  addFile(world, 'file-there', 'case-ready')
  addFile(world, 'file-gone', 'case-ready', { fileName: 'Letter of another pupil, sent by mistake from the wrong folder of the school office.pdf', removedAt: '2026-11-24T09:18:00Z', removedBy: 'demo-amara-osei', removedReason: 'It belongs to another pupil.', readable: false })
  addCase(world, 'case-draft', third, { state: CaseState.DRAFT, referredAt: '', sections: allSections().slice(0, 2) })
  addCase(world, 'case-complete', fourth, { state: CaseState.DRAFT, referredAt: '' })
  addCase(world, 'case-decided', fifth, { state: CaseState.DECIDED, sealed: true, decisionId: 'decision-final' })
  addDecision(world, 'decision-final', 'case-decided', { kind: DecisionKind.ALTERNATIVE_PROVISION, tier: 2, until: '2027-02-12', reviewOn: '2027-01-15', reasons: 'The school has done what it can; a practical programme fits.', conditions: 'Maths and English every week.', way: DecisionWay.AGREEMENT }, { state: DecisionState.FINAL, signedOffAt: '2026-11-20T11:00:00Z', signedOffBy: 'demo-robert-ashworth' })
  addCase(world, 'case-agenda', sixth, { state: CaseState.SCHEDULED, sealed: true, sittingId: 'sitting-open', sittingDay: '2026-11-24', due: '2026-11-20' })
  const member = (personId: string, seat: Seat, urn = 0) => create(MemberSchema, { personId, seat, urn, attended: seat === Seat.CHAIR })
  world.panel.panels.set('panel-secondary', create(PanelSchema, { panelId: 'panel-secondary', laCode: 999, name: 'Secondary panel', phase: Phase.SECONDARY, usualCapacity: 8, version: 1n }))
  const members = [member('demo-robert-ashworth', Seat.CHAIR), member('demo-anita-desai', Seat.HEAD_TEACHER, 900003)]
  const open = addSitting(world, 'sitting-open', { day: '2026-11-24', state: SittingState.OPEN, members })
  open.agenda = [agendaItem(world, 'case-agenda', 1)]
  addDecision(world, 'decision-proposed', 'case-agenda', { kind: DecisionKind.SUPPORT_IN_MAINSTREAM, reviewOn: '2027-01-15', reasons: 'The mentor is working.', way: DecisionWay.VOTE }, { sittingId: 'sitting-open' })
  addSitting(world, 'sitting-planned', { members })
  const over = addSitting(world, 'sitting-over', { day: '2026-11-17', state: SittingState.CLOSED, members })
  over.agenda = [agendaItem(world, 'case-decided', 1)]
  addProvider(world)
  addPlacement(world, 'placement-started', 'case-decided', { state: PlacementState.STARTED })
  addPlacement(world, 'placement-school', 'case-other', { state: PlacementState.OFFERED, providerId: '', programmeId: '', name: '', tier: 0, receivingUrn: 900001, urn: 900003, days: ['mon', 'tue', 'wed', 'thu', 'fri'], message: 'Needs a quiet place at break.' })
  addPlacement(world, 'placement-return', 'case-late', { state: PlacementState.STARTED, startDay: '2026-09-14' })
  addPlan(world, 'placement-return')
  addTask(world, 'task-school', 'case-decided', { overdue: true, due: '2026-11-20' })
  addTask(world, 'task-authority', 'case-decided', { what: 'Offer the pupil a place that fits what was decided.', code: 'find_place', ownerAgency: 'authority', ownerUrn: 0 })
  addTask(world, 'task-early-help', 'case-decided', { what: 'Ask the family what help they want.', code: '', ownerAgency: 'early_help', ownerUrn: 0 })
  addAction(world, 'action-done', 'case-decided', { doneOn: '2026-11-23', overdue: false, ownerAgency: '', ownerPersonId: 'demo-naomi-fletcher' })
}

const one = (path: string) => `/panel/cases/case-${path}`

const impactStops: Stop[] = ['', '/effects', '/returns'].map(page => ({ name: `panel-impact${page.replace('/', '-')}`, path: `/panel/impact${page}` }))

export const panelStops: Record<'school' | 'inclusion_officer' | 'manager' | 'panel_clerk' | 'panel_chair' | 'panel_member' | 'provider', Stop[]> = {
  school: [
    { name: 'panel-cases', path: '/panel/cases' },
    { name: 'panel-draft', path: one('draft/draft') },
    { name: 'panel-section', path: one('draft/sections/needs/details') },
    { name: 'panel-check', path: one('complete/check') },
    { name: 'panel-tasks', path: '/panel/tasks' },
    { name: 'panel-files', path: one('ready/files') },
    { name: 'panel-end', path: one('ready/end') },
    { name: 'placement-offered', path: '/panel/placements/placement-school' },
    { name: 'placement-answer', path: '/panel/placements/placement-school/answer' },
    { name: 'return', path: '/panel/placements/placement-return/return' },
    { name: 'panel-not-allowed', path: one('ready/actions/new'), status: 403 },
    { name: 'panel-impact', path: '/panel/impact' },
  ],
  inclusion_officer: [{ name: 'panel-written', path: one('late/written') }, { name: 'placement-attendance', path: '/panel/placements/placement-started' }, { name: 'return-plan', path: '/panel/placements/placement-return/return/plan' }, { name: 'return-agree', path: '/panel/placements/placement-return/return/agree' }],
  manager: [...impactStops, { name: 'panel-case', path: one('decided') }],
  panel_clerk: [
    { name: 'home', path: '/' },
    { name: 'panel-cases', path: '/panel/cases' },
    { name: 'panel-case', path: one('late') },
    { name: 'panel-history', path: one('decided/history') },
    { name: 'panel-sittings', path: '/panel/sittings' },
    { name: 'panel-sitting-new', path: '/panel/sittings/new' },
    { name: 'panel-new', path: '/panel/panels/new' },
    { name: 'panel-sitting', path: '/panel/sittings/sitting-open' },
    { name: 'panel-decision', path: '/panel/sittings/sitting-open/cases/case-agenda/decision/managed_move' },
    { name: 'panel-vote', path: '/panel/sittings/sitting-open/cases/case-agenda/votes' },
    { name: 'panel-minutes-words', path: '/panel/sittings/sitting-over/minutes/case-decided' },
    { name: 'panel-off', path: '/panel/sittings/sitting-open/cases/case-agenda/off' },
    { name: 'panel-providers', path: '/panel/providers' },
    { name: 'panel-provider', path: '/panel/providers/provider-yard' },
    { name: 'panel-provider-change', path: '/panel/providers/provider-yard/change' },
    { name: 'panel-provider-check', path: '/panel/providers/provider-yard/checks/visit' },
    { name: 'panel-programme', path: '/panel/providers/provider-yard/programmes/programme-motor' },
    { name: 'returns', path: '/panel/returns' },
    { name: 'return-step', path: '/panel/placements/placement-return/return/steps/new' },
    { name: 'panel-matches', path: one('decided/places') },
    { name: 'panel-offer', path: one('decided/places/programme-motor') },
    { name: 'panel-action', path: one('late/actions/new') },
  ],
  panel_chair: [
    { name: 'panel-case', path: one('decided') },
    { name: 'panel-minutes', path: '/panel/sittings/sitting-over/minutes' },
    { name: 'panel-room', path: '/panel/sittings/sitting-open/cases/case-agenda' },
  ],
  panel_member: [
    { name: 'home', path: '/' },
    { name: 'panel-sitting', path: '/panel/sittings/sitting-open' },
    { name: 'panel-pack', path: '/panel/sittings/sitting-open/cases/case-agenda/pack' },
  ],
  provider: [
    { name: 'home', path: '/' },
    { name: 'placements', path: '/panel/placements' },
    { name: 'placement', path: '/panel/placements/placement-started' },
    { name: 'placement-review', path: '/panel/placements/placement-started/review' },
  ],
}
