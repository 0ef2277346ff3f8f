import { RequestState } from '../gen/pathways/referrals/v1/service_pb'
import { addRequest } from './stub/requests'
import { exclusionStops, furnishExclusions } from './exclusionsTour'
import { furnishPanel, panelStops } from './panelTour'
import type { World } from './stub/world'

// Every page by role, with a world that has something on each.

export interface Stop {
  name: string
  path: string
  status?: number
}

export const people = {
  school: 'Amara Osei',
  inclusion_officer: 'Priya Raman',
  early_help_worker: 'Daniel Kowalczyk',
  manager: 'Helen Whitmore',
  data_protection_officer: 'Marcus Bell',
  administrator: 'Ruth Lindqvist',
  panel_clerk: 'Naomi Fletcher',
  panel_chair: 'Robert Ashworth',
  panel_member: 'Anita Desai',
  provider: 'Joe McAllister',
}

export function furnish(world: World): void {
  furnishExclusions(world)
  furnishPanel(world)
  const [first, second, third, fourth, fifth, sixth] = world.proposals.filter(({ urn }) => urn === 900001).map(({ pupilId }) => pupilId)
  addRequest(world, 'request-submitted', first!)
  addRequest(world, 'request-overdue', second!, { decisionDue: '2026-11-18', mainReason: 'emotional_wellbeing' })
  addRequest(world, 'request-accepted', third!, { state: RequestState.ACCEPTED })
  addRequest(world, 'request-allocated', fourth!, { state: RequestState.ALLOCATED, workerId: 'demo-daniel-kowalczyk' })
  addRequest(world, 'request-more', fifth!, { state: RequestState.MORE_ASKED, decisionNote: 'Which days are hardest, and has the GP been told?' })
  addRequest(world, 'request-ready', sixth!, { state: RequestState.DRAFT, submittedAt: '', decisionDue: '' })
  addRequest(world, 'request-declined', sixth!, { state: RequestState.DECLINED, decisionCode: 'support_at_school', decisionNote: 'The later start is working; please carry on and ask again in January if it stops.' })
  const draft = addRequest(world, 'request-draft', sixth!, { state: RequestState.DRAFT, submittedAt: '', decisionDue: '' })
  draft.sections = draft.sections.slice(0, 2)
  if (draft.sections[1]) draft.sections[1] = { ...draft.sections[1], complete: false }
  const refused = addRequest(world, 'request-refused', sixth!, { state: RequestState.DRAFT, submittedAt: '', decisionDue: '' })
  refused.sections[0]!.answers.find(({ key }) => key === 'consent_given')!.value = 'no'
  const danger = addRequest(world, 'request-danger', sixth!, { state: RequestState.DRAFT, submittedAt: '', decisionDue: '' })
  danger.sections[6]!.answers = [{ ...danger.sections[6]!.answers[0]!, key: 'immediate_danger', value: 'yes' }]
}

export function firstPupil(world: World): string {
  return world.proposals.find(({ urn }) => urn === 900001)!.pupilId
}

export function stops(world: World): Record<keyof typeof people, Stop[]> {
  const pupil = firstPupil(world)
  const proposal = `proposal-${pupil}`
  const section = (path: string) => `/requests/request-ready/sections/${path}`
  return {
    school: [
      { name: 'home', path: '/' },
      { name: 'school', path: '/schools/900001' },
      { name: 'attendance', path: '/schools/900001/attendance?show=persistent' },
      { name: 'pupil', path: `/pupils/${pupil}?from=/schools/900001/attendance` },
      { name: 'marks', path: `/pupils/${pupil}/marks` },
      { name: 'timeline', path: `/pupils/${pupil}/timeline` },
      { name: 'search', path: '/pupils?q=no' },
      { name: 'search-short', path: '/pupils?q=n', status: 422 },
      { name: 'proposals', path: '/proposals' },
      { name: 'proposal', path: `/proposals/${proposal}` },
      { name: 'not-needed', path: `/proposals/${proposal}/not-needed` },
      { name: 'requests', path: '/requests' },
      { name: 'task-list', path: '/requests/request-draft' },
      { name: 'section-radio', path: section('consent/asked') },
      { name: 'section-many', path: section('consent/details') },
      { name: 'section-checkboxes', path: section('tried/support') },
      { name: 'section-text', path: section('reason/details') },
      { name: 'check', path: '/requests/request-ready/check' },
      { name: 'stop-agreed', path: '/requests/request-refused/stop' },
      { name: 'stop-danger', path: '/requests/request-danger/stop' },
      { name: 'sent', path: '/requests/request-submitted/sent' },
      { name: 'withdraw', path: '/requests/request-submitted/withdraw' },
      { name: 'answering', path: '/requests/request-more' },
      { name: 'held', path: '/requests/request-allocated' },
      { name: 'declined', path: '/requests/request-declined' },
      { name: 'imports', path: '/imports' },
      { name: 'upload', path: '/imports/new' },
      { name: 'upload-dates', path: '/imports/new?dates=ask' },
      { name: 'figures', path: '/figures' },
      { name: 'not-found', path: '/no-such-page', status: 404 },
      { name: 'not-allowed', path: '/requests/request-submitted/decide', status: 403 },
      { name: 'help', path: '/help' },
      { name: 'accessibility', path: '/accessibility' },
      { name: 'privacy', path: '/privacy' },
      { name: 'cookies', path: '/cookies' },
      ...exclusionStops.school,
      ...panelStops.school,
    ],
    inclusion_officer: [
      { name: 'home', path: '/' },
      { name: 'schools', path: '/schools' },
      { name: 'proposals', path: '/proposals?state=open' },
      { name: 'proposal', path: `/proposals/${proposal}` },
      { name: 'requests', path: '/requests' },
      { name: 'upload', path: '/imports/new' },
      ...exclusionStops.inclusion_officer,
      ...panelStops.inclusion_officer,
    ],
    early_help_worker: [
      { name: 'home', path: '/' },
      { name: 'queue', path: '/requests' },
      { name: 'case', path: '/requests/request-overdue' },
      { name: 'answers', path: '/requests/request-submitted/answers' },
      { name: 'decide', path: '/requests/request-submitted/decide' },
      { name: 'decide-accept', path: '/requests/request-submitted/decide/accept' },
      { name: 'decide-ask', path: '/requests/request-submitted/decide/ask' },
      { name: 'decide-redirect', path: '/requests/request-submitted/decide/redirect' },
      { name: 'decide-decline', path: '/requests/request-submitted/decide/decline' },
      { name: 'allocate', path: '/requests/request-accepted/allocate' },
      { name: 'pupil', path: `/pupils/${pupil}` },
    ],
    manager: [
      { name: 'home', path: '/' },
      { name: 'schools', path: '/schools' },
      { name: 'case', path: '/requests/request-accepted' },
      ...exclusionStops.manager,
      ...panelStops.manager,
    ],
    data_protection_officer: [
      { name: 'home', path: '/' },
      { name: 'search', path: '/pupils?q=no' },
      { name: 'access-history', path: `/pupils/${pupil}/access-history` },
    ],
    administrator: [
      { name: 'home', path: '/' },
      { name: 'settings', path: '/settings' },
      { name: 'setting', path: '/settings/minimum-sessions' },
    ],
    panel_clerk: panelStops.panel_clerk,
    panel_chair: panelStops.panel_chair,
    panel_member: panelStops.panel_member,
    provider: panelStops.provider,
  }
}
