import type { ListSchoolAttendanceResponse } from '../../../gen/pathways/attendance/v1/service_pb'
import type { GetWorkCountsResponse } from '../../../gen/pathways/referrals/v1/service_pb'
import type { GetWorkCountsResponse as ExclusionCounts } from '../../../gen/pathways/exclusions/v1/service_pb'
import type { GetRiskWorkCountsResponse as RiskCounts } from '../../../gen/pathways/exclusions/v1/risk_pb'
import type { GetWorkCountsResponse as PanelCounts } from '../../../gen/pathways/panel/v1/service_pb'
import type { GetPlacementCountsResponse } from '../../../gen/pathways/panel/v1/placed_pb'
import type { CountTasksResponse } from '../../../gen/pathways/panel/v1/tasks_pb'
import { can, isSchool, type Person } from '../../auth/person'
import { href } from '../../components/query'
import { longDay } from '../../text/dates'
import { absent, count, listed, noSessions, percent } from '../../text/figures'
import { placementWork } from './placements'
import { item, type WorkItem } from './workItem'

export interface HomeFacts {
  counts?: GetWorkCountsResponse
  exclusions?: ExclusionCounts
  risk?: RiskCounts
  panel?: PanelCounts
  tasks?: CountTasksResponse
  placements?: GetPlacementCountsResponse
  attendance?: ListSchoolAttendanceResponse
  // Parts that did not answer.
  missing: string[]
}

export interface Home {
  work: WorkItem[]
  exclusions: WorkItem[]
  panel: WorkItem[]
  placements: WorkItem[]
  figuresTitle: string
  figures: { label: string; value: string; of: string }[]
  dataUpTo: string
  auditsRisk: boolean
  canFindPupils: boolean
  canSeeHistory: boolean
  canUpload: boolean
  administers: boolean
  missing: string
}

function proposals(counts: GetWorkCountsResponse): WorkItem {
  const open = item(counts.proposalsOpen, ['proposal to decide', 'proposals to decide'], '/proposals', counts.proposalsSevere > 0n)
  if (counts.proposalsSevere > 0n) {
    open.more = { text: `${count(counts.proposalsSevere)} for severe absence`, href: '/proposals?kind=severe' }
  }
  return open
}

function waiting(counts: GetWorkCountsResponse, what: string): WorkItem {
  const all = item(counts.submitted, [`request ${what}`, `requests ${what}`], '/requests?state=submitted', counts.overdue > 0n)
  if (counts.overdue > 0n) all.more = { text: `${count(counts.overdue)} overdue`, href: '/requests?show=overdue' }
  return all
}

function unheld(counts: GetWorkCountsResponse): WorkItem {
  return item(counts.unallocated, ['accepted, held by nobody', 'accepted, held by nobody'], '/requests?state=accepted', true)
}

// What waits for this person, by role, most pressing first.
function work(person: Person, counts: GetWorkCountsResponse): WorkItem[] {
  if (person.roles.includes('inclusion_officer')) {
    return [proposals(counts), waiting(counts, 'to decide'), unheld(counts), item(counts.moreAsked, ['waiting for a school’s answer', 'waiting for a school’s answer'], '/requests?state=more_asked')]
  }
  if (can(person, 'triage')) {
    return [
      waiting(counts, 'to decide'),
      unheld(counts),
      item(counts.mine, ['request you hold', 'requests you hold'], '/requests?show=mine'),
      item(counts.moreAsked, ['waiting for a school’s answer', 'waiting for a school’s answer'], '/requests?state=more_asked'),
    ]
  }
  if (isSchool(person)) {
    return [
      item(counts.moreAsked, ['question from Early Help to answer', 'questions from Early Help to answer'], '/requests?state=more_asked', true),
      proposals(counts),
      item(counts.drafts, ['request you have not sent', 'requests you have not sent'], '/requests?state=draft'),
      item(counts.submitted, ['request with Early Help', 'requests with Early Help'], '/requests?state=submitted'),
    ]
  }
  return [proposals(counts), waiting(counts, 'waiting for Early Help'), unheld(counts)]
}

// Of exclusions: what is late first.
function exclusionWork(person: Person, counts: ExclusionCounts, risk: RiskCounts | undefined, today: string): WorkItem[] {
  return [
    item(counts.late, ['step is late', 'steps are late'], '/exclusions?show=late', true),
    item(counts.dueSoon, ['step due within 5 school days', 'steps due within 5 school days'], '/exclusions'),
    item(counts.permanentOpen, ['permanent exclusion in force', 'permanent exclusions in force'], '/exclusions/list?kind=permanent&state=recorded'),
    ...(risk ? [item(risk.open, ['pupil for whom help is proposed', 'pupils for whom help is proposed'], '/exclusions/risk')] : []),
    item(counts.suspendedToday, ['pupil suspended today', 'pupils suspended today'], href('/exclusions/list', { kind: 'suspension', state: 'recorded', on: today })),
    ...(can(person, 'recordExclusions') ? [item(counts.drafts, ['begun, not recorded yet', 'begun, not recorded yet'], '/exclusions/drafts')] : []),
  ]
}

// What panels agreed that this person's organisation does; whoever runs the panel also sees what others are late with.
function taskWork(person: Person, counts: CountTasksResponse | undefined): WorkItem[] {
  if (!counts) return []
  const mine = item(counts.mine, ['task from the panel', 'tasks from the panel'], '/panel/tasks', counts.mineOverdue > 0n)
  if (counts.mineOverdue > 0n) mine.more = { text: `${count(counts.mineOverdue)} overdue`, href: '/panel/tasks' }
  const overdue = item(counts.overdue, ['task overdue, with anybody', 'tasks overdue, with anybody'], '/panel/tasks?show=overdue', true)
  const owes = person.roles.some(role => role !== 'manager' && role !== 'panel_chair')
  return [...(owes ? [mine] : []), ...(can(person, 'managePanel') || !owes ? [overdue] : [])]
}

// Of the panel: what is late first, then what waits for this person.
function panelWork(person: Person, counts: PanelCounts): WorkItem[] {
  const sits = can(person, 'sitOnPanel')
  const writes = can(person, 'referToPanel')
  return [
    item(counts.overdue, ['case past its day six', 'cases past their day six'], '/panel/cases', true),
    ...(sits ? [item(counts.packsUnread, ['pack to read', 'packs to read'], '/panel/sittings', true)] : []),
    ...(sits && !writes && !can(person, 'managePanel') ? [] : [item(counts.incomplete, ['case lacks something', 'cases lack something'], '/panel/cases?state=referred&show=incomplete', writes)]),
    item(counts.referred, ['case waits for a sitting', 'cases wait for a sitting'], '/panel/cases?state=referred'),
    item(counts.scheduled, ['case on an agenda', 'cases on agendas'], '/panel/cases?state=scheduled'),
    ...(writes ? [item(counts.drafts, ['referral not sent yet', 'referrals not sent yet'], '/panel/cases?state=draft')] : []),
    ...(can(person, 'offerPlaces') ? [item(counts.unplaced, ['decision without a place', 'decisions without a place'], '/panel/cases?state=decided', true)] : []),
  ]
}

function figures(attendance: ListSchoolAttendanceResponse | undefined): Home['figures'] {
  const total = attendance?.total
  if (!total) return []
  const sessions = total.sessions ?? noSessions
  return [
    { label: 'Absence this academic year', value: percent(absent(sessions), sessions.possible), of: `${count(absent(sessions))} of ${count(sessions.possible)} possible sessions` },
    { label: 'Persistently absent', value: percent(total.persistent, total.enrolments), of: `${count(total.persistent)} of ${count(total.enrolments)} enrolments missed 10% or more` },
    { label: 'Severely absent', value: percent(total.severe, total.enrolments), of: `${count(total.severe)} of ${count(total.enrolments)} enrolments missed 50% or more` },
  ]
}

export function presentHome(person: Person, { counts, exclusions, risk, panel, placements, tasks, attendance, missing }: HomeFacts, today: string): Home {
  const upTo = (attendance?.schools ?? []).map(school => school.dataUpTo).reduce((latest, day) => (day > latest ? day : latest), '')
  return {
    work: counts ? work(person, counts) : [],
    exclusions: exclusions ? exclusionWork(person, exclusions, risk, today) : [],
    panel: [...(panel ? panelWork(person, panel) : []), ...taskWork(person, tasks)],
    placements: placements ? placementWork(person, placements) : [],
    figuresTitle: person.schoolNames.length === 1 && isSchool(person) ? `Attendance at ${person.schoolNames[0]}` : 'Attendance of the schools you see',
    figures: figures(attendance),
    dataUpTo: longDay(upTo),
    auditsRisk: can(person, 'auditRisk'),
    canFindPupils: can(person, 'findPupils'),
    canSeeHistory: can(person, 'seeAccessHistory'),
    canUpload: can(person, 'upload'),
    administers: person.roles.includes('administrator'),
    missing: listed(missing),
  }
}
