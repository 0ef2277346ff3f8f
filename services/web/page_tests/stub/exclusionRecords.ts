import { clone, create } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import {
  DraftSchema,
  ExclusionFactsSchema,
  ExclusionSchema,
  ExclusionState,
  Kind,
  StepState,
  TimelineEntrySchema,
  TotalsSchema,
  type ClockStep,
  type Draft,
  type Exclusion,
  type ExclusionFacts,
  type TimelineEntry,
  type Totals,
} from '../../gen/pathways/exclusions/v1/service_pb'
import type { DemoPerson } from '../../dev-idp/people'
import { clockOf, count, lastDay } from './clock'
import { notFound, sees, type World } from './world'

// What the stub of exclusions keeps, and how it finds and changes it.

export const at = '2026-11-24T09:15:00Z'

type Fields<T> = Partial<Omit<T, '$typeName' | '$unknown'>>
type Note = Fields<TimelineEntry>

export function tell(world: World, exclusion: Exclusion, entry: Note): void {
  const { exclusionId, urn, pupilId } = exclusion
  world.exclusionHistory.unshift(Object.assign(create(TimelineEntrySchema, { at, traceId: '4bf92f3577b34da6a3ce929d0e0e4736', exclusionId, urn, ...entry }), { pupilId }))
}

export function earlierOf(world: World, pupilId: string, before: string, exclusionId: string): Exclusion[] {
  return [...world.exclusions.values()].filter(
    one => one.pupilId === pupilId && one.exclusionId !== exclusionId && one.state !== ExclusionState.WITHDRAWN && (one.facts?.startDate ?? '') <= before,
  )
}

export function totalsOf(world: World, pupilId: string, facts: ExclusionFacts, exclusionId = ''): Totals {
  const before = earlierOf(world, pupilId, facts.startDate, exclusionId).reduce((sum, { facts: other }) => sum + (other?.halfDays ?? 0), 0)
  const all = before + facts.halfDays
  return create(TotalsSchema, { halfDaysInTerm: all, halfDaysInYear: all })
}

function isOwed({ state }: ClockStep): boolean {
  return state === StepState.DUE || state === StepState.LATE
}

// As the service would derive it from what was recorded.
export function derive(exclusion: Exclusion): Exclusion {
  exclusion.endDate = lastDay(exclusion)
  exclusion.backOn = exclusion.endDate ? (count(exclusion.endDate, 1).at(-1)?.day ?? '') : ''
  const [first] = clockOf(exclusion).filter(isOwed).sort((one, other) => one.due.localeCompare(other.due))
  Object.assign(exclusion, { nextStep: first?.step ?? '', nextDue: first?.due ?? '', nextSchoolDaysLeft: first?.schoolDaysLeft ?? 0, nextLate: first?.state === StepState.LATE })
  return exclusion
}

export function owed(exclusion: Exclusion): ClockStep[] {
  return clockOf(exclusion).filter(isOwed)
}

// What lists and those who are not on the case get.
export function withoutWords(exclusion: Exclusion): Exclusion {
  const copy = clone(ExclusionSchema, exclusion)
  if (copy.facts) Object.assign(copy.facts, { evidence: '', tried: '', provision: '' })
  copy.endedReason = ''
  return copy
}

export function addExclusion(world: World, exclusionId: string, pupilId: string, facts: Fields<ExclusionFacts>, change: Fields<Exclusion> = {}): Exclusion {
  const pupil = world.pupils.find(one => one.pupilId === pupilId)
  const made = create(ExclusionSchema, {
    exclusionId,
    reference: `EX-7K3M-${String(world.exclusions.size + 1).padStart(2, '0')}`,
    pupilId,
    urn: pupil?.urn,
    laCode: 999,
    facts: create(ExclusionFactsSchema, { kind: Kind.SUSPENSION, startDate: '2026-11-23', halfDays: 4, reasons: ['DB'], ...facts }),
    state: ExclusionState.RECORDED,
    version: 3n,
    senProvision: pupil?.senProvision,
    lookedAfter: pupil?.lookedAfter,
    yearGroup: pupil?.yearGroup,
    recordedAt: '2026-11-23T15:10:00Z',
    recordedBy: 'demo-tom-hargreaves',
    updatedAt: '2026-11-23T15:10:00Z',
    updatedBy: 'demo-tom-hargreaves',
    ...change,
  })
  if (made.facts) made.totals ??= totalsOf(world, pupilId, made.facts, exclusionId)
  world.exclusions.set(exclusionId, derive(made))
  tell(world, made, { kind: made.facts?.kind === Kind.PERMANENT ? 'permanent_exclusion_recorded' : 'suspension_recorded', personId: made.recordedBy, role: 'school', at: made.recordedAt })
  return made
}

export function addDraft(world: World, draftId: string, pupilId: string, facts: Fields<ExclusionFacts> = {}): Draft {
  const pupil = world.pupils.find(one => one.pupilId === pupilId)
  const draft = create(DraftSchema, { draftId, pupilId, urn: pupil?.urn, facts: create(ExclusionFactsSchema, facts), version: 2n, createdAt: '2026-11-24T08:40:00Z', createdBy: 'demo-amara-osei', updatedAt: '2026-11-24T08:50:00Z', updatedBy: 'demo-amara-osei' })
  world.exclusionDrafts.set(draftId, draft)
  return draft
}

export function find(world: World, person: DemoPerson, exclusionId: string): Exclusion {
  const found = world.exclusions.get(exclusionId)
  if (!found || !sees(person, found.urn)) throw notFound('exclusion')
  return found
}

export function findDraft(world: World, person: DemoPerson, draftId: string): Draft {
  const found = world.exclusionDrafts.get(draftId)
  if (!found || !person.urns.includes(found.urn)) throw notFound('draft')
  return found
}

// A changed copy with the next version; another version than the caller saw is refused.
export function change(world: World, person: DemoPerson, exclusionId: string, version: bigint, apply: (exclusion: Exclusion) => void): Exclusion {
  const found = find(world, person, exclusionId)
  if (found.version !== version) throw new ConnectError('changed since', Code.Aborted)
  const next = clone(ExclusionSchema, found)
  apply(next)
  Object.assign(next, { version: next.version + 1n, updatedAt: at, updatedBy: person.sub })
  world.exclusions.set(exclusionId, derive(next))
  return next
}
