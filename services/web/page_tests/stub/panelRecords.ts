import { clone, create } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import {
  ActionSchema,
  CaseState,
  DecisionSchema,
  DecisionState,
  DecisionTermsSchema,
  Origin,
  PanelCaseSchema,
  Phase,
  PrefilledFactSchema,
  SectionSchema,
  SittingSchema,
  SittingState,
  TimelineEntrySchema,
  type Action,
  type Decision,
  type DecisionTerms,
  type PanelCase,
  type Sitting,
  type TimelineEntry,
} from '../../gen/pathways/panel/v1/service_pb'
import type { DemoPerson } from '../../dev-idp/people'
import { panelSections } from '../../server/panelForm/definition'
import { questionsAsked, questionsOf } from '../../server/requestForm/definition'
import { notFound, sees, type World } from './world'

// What the stub of the panel keeps, and how it finds and changes it.

export const at = '2026-11-24T09:15:00Z'

export type Fields<T> = Partial<Omit<T, '$typeName' | '$unknown'>>

export const goodCase: Record<string, Record<string, string>> = {
  reason: { main_reason: 'at_risk_of_exclusion', reason: 'Eleven days of suspension since September; a further incident last week.' },
  needs: { needs: 'behaviour,learning', needs_detail: 'Reads four years behind; leaves lessons that begin with reading.', strengths: 'Good with younger pupils, and at anything with engines.', has_plan: 'no', has_social_worker: 'no' },
  tried: { tried: 'pastoral_support,mentoring', tried_detail: 'Mentor every Monday since 5 October: lates fell from nine to two a week.' },
  views: { pupil_view_known: 'yes', pupil_view: 'I want to do something real.', parent_view_known: 'yes', parent_view: 'Mum agrees, if it is not far.' },
  asked: { asked_for: 'alternative_provision', tier: '2', asked_detail: 'A practical programme, and back for examinations.' },
  safety: { risks_known: 'no' },
}

export function sectionOf(name: string, answers: Record<string, string>) {
  const page = { slug: '', title: '', questions: questionsOf(panelSections.find(one => one.name === name) ?? { pages: [] }) }
  const complete = questionsAsked(page, answers).every(({ key, required }) => !required || Boolean(answers[key]))
  return create(SectionSchema, { name, complete, answers: Object.entries(answers).map(([key, value]) => ({ key, value })) })
}

export function allSections(answers = goodCase) {
  return Object.entries(answers).map(([name, of]) => sectionOf(name, of))
}

// As the service would derive it from what was written.
export function derive(found: PanelCase): PanelCase {
  const lacking = Object.keys(goodCase).filter(name => !found.sections.find(one => one.name === name)?.complete)
  found.complete = lacking.length === 0
  found.missing = lacking.map(name => ({ $typeName: 'pathways.panel.v1.MissingAnswer', field: name, words: `Complete the section “${panelSections.find(one => one.name === name)?.title}”` }))
  found.askedFor = found.sections.find(({ name }) => name === 'asked')?.answers.find(({ key }) => key === 'asked_for')?.value ?? ''
  return found
}

export function tell(world: World, { caseId, urn, pupilId }: PanelCase, entry: Fields<TimelineEntry>): void {
  world.panel.history.unshift(Object.assign(create(TimelineEntrySchema, { at, traceId: '4bf92f3577b34da6a3ce929d0e0e4736', caseId, urn, ...entry }), { pupilId }))
}

export function addCase(world: World, caseId: string, pupilId: string, change: Fields<PanelCase> = {}): PanelCase {
  const pupil = world.pupils.find(one => one.pupilId === pupilId)
  const made = create(PanelCaseSchema, {
    caseId,
    reference: `SP-7K3M-${String(world.panel.cases.size + 1).padStart(2, '0')}`,
    pupilId,
    urn: pupil?.urn,
    laCode: 999,
    phase: Phase.SECONDARY,
    origin: Origin.SCHOOL,
    state: CaseState.REFERRED,
    version: 3n,
    sections: allSections(),
    facts: [
      ['year_group', pupil?.yearGroup ?? '', 'registry'],
      ['sessions_possible', '96', 'attendance'],
      ['suspensions_in_year', '3', 'exclusions'],
      ['referrals_facts', '', 'referrals'],
    ].map(([key, value, source]) => create(PrefilledFactSchema, { key, value, source, knownAt: at })),
    createdAt: '2026-11-16T10:00:00Z',
    createdBy: 'demo-amara-osei',
    referredAt: '2026-11-17T10:00:00Z',
    updatedAt: '2026-11-17T10:00:00Z',
    updatedBy: 'demo-amara-osei',
    ...change,
  })
  world.panel.cases.set(caseId, derive(made))
  tell(world, made, { kind: made.origin === Origin.PERMANENT_EXCLUSION ? 'case_opened' : 'case_started', personId: made.createdBy, role: made.createdBy && 'school', at: made.createdAt })
  return made
}

export function addAction(world: World, actionId: string, caseId: string, change: Fields<Action> = {}): Action {
  const action = create(ActionSchema, { actionId, caseId, what: 'Send the reading assessment to the panel', ownerAgency: 'school', due: '2026-11-20', overdue: true, ...change })
  world.panel.actions.set(actionId, action)
  return action
}

export function addSitting(world: World, sittingId: string, change: Fields<Sitting> = {}): Sitting {
  const sitting = create(SittingSchema, {
    sittingId, panelId: 'panel-secondary', laCode: 999, phase: Phase.SECONDARY, day: '2026-12-01', startsAt: '09:30', venue: 'Room 4, Civic Centre',
    capacity: 8, papersDay: '2026-11-24', state: SittingState.PLANNED, version: 2n, panelName: 'Secondary panel', updatedAt: at, updatedBy: 'demo-naomi-fletcher', ...change,
  })
  world.panel.sittings.set(sittingId, sitting)
  return sitting
}

export function addDecision(world: World, decisionId: string, caseId: string, terms: Fields<DecisionTerms>, change: Fields<Decision> = {}): Decision {
  const found = world.panel.cases.get(caseId)
  const decision = create(DecisionSchema, { decisionId, caseId, number: 1, state: DecisionState.PROPOSED, version: 1n, pupilId: found?.pupilId, urn: found?.urn, terms: create(DecisionTermsSchema, terms), ...change })
  world.panel.decisions.set(decisionId, decision)
  return decision
}

export function has(person: DemoPerson, ...roles: string[]): boolean {
  return person.roles.some(role => roles.includes(role))
}

// Drafts are their school's; interests hide a case.
export function seesCase(world: World, person: DemoPerson, found: PanelCase): boolean {
  if (has(person, 'provider')) return false
  const interested = [...world.panel.sittings.values()].some(({ agenda }) => agenda.some(item => item.panelCase?.caseId === found.caseId && item.interestedPersonIds.includes(person.sub)))
  return sees(person, found.urn) && !interested && (found.state !== CaseState.DRAFT || has(person, 'school', 'inclusion_officer'))
}

// As this person may read it.
export function shownTo(person: DemoPerson, found: PanelCase): PanelCase {
  if (has(person, 'school', 'inclusion_officer', 'panel_clerk', 'panel_chair')) return found
  return Object.assign(clone(PanelCaseSchema, found), { sections: [], missing: [], facts: [] })
}

export function findCase(world: World, person: DemoPerson, caseId: string): PanelCase {
  const found = world.panel.cases.get(caseId)
  if (!found || !seesCase(world, person, found)) throw notFound('case')
  return found
}

// A changed copy with the next version; another version than the caller saw is refused.
export function changeCase(world: World, person: DemoPerson, caseId: string, version: bigint, apply: (found: PanelCase) => void): PanelCase {
  const found = findCase(world, person, caseId)
  if (found.version !== version) throw new ConnectError('changed since', Code.Aborted)
  const next = clone(PanelCaseSchema, found)
  apply(next)
  Object.assign(next, { version: next.version + 1n, updatedAt: at, updatedBy: person.sub })
  world.panel.cases.set(caseId, derive(next))
  return next
}
