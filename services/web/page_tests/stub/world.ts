import { Code, ConnectError, type HandlerContext } from '@connectrpc/connect'
import { create } from '@bufbuild/protobuf'
import { BadRequestSchema } from '../../gen/google/rpc/error_details_pb'
import type { ImportReport } from '../../gen/pathways/common/v1/import_pb'
import type { Draft, Exclusion, TimelineEntry as ExclusionEntry } from '../../gen/pathways/exclusions/v1/service_pb'
import type { Action, Panel, Decision as PanelDecision, PanelCase, Placement, Provider, Sitting, TimelineEntry as PanelEntry } from '../../gen/pathways/panel/v1/service_pb'
import type { ReintegrationPlan } from '../../gen/pathways/panel/v1/reintegration_pb'
import type { Proposal, Request, TimelineEntry } from '../../gen/pathways/referrals/v1/service_pb'
import { people, type DemoPerson } from '../../dev-idp/people'
import type { StubLetters } from './letters'
import { makeSettings, type StubSettings } from './settings'
import type { Task } from '../../gen/pathways/panel/v1/tasks_pb'
import type { StubMinutes } from './panelClosing'
import type { StubFile } from './panelFiles'
import { makePupils, type StubPupil } from './data'

export interface PanelWorld {
  cases: Map<string, PanelCase>
  actions: Map<string, Action>
  history: (PanelEntry & { pupilId: string })[]
  panels: Map<string, Panel>
  sittings: Map<string, Sitting>
  decisions: Map<string, PanelDecision>
  providers: Map<string, Provider>
  placements: Map<string, Placement>
  plans: Map<string, ReintegrationPlan>
  files: Map<string, StubFile>
  minutes: Map<string, StubMinutes>
  tasks: Map<string, Task>
  freePlaces: number
}

// What the stub services remember. A test makes its own.
export interface World {
  pupils: StubPupil[]
  proposals: Proposal[]
  requests: Map<string, Request>
  timeline: (TimelineEntry & { pupilId: string })[]
  imports: Map<string, ImportReport>
  exclusions: Map<string, Exclusion>
  exclusionDrafts: Map<string, Draft>
  exclusionHistory: (ExclusionEntry & { pupilId: string })[]
  exclusionImports: Map<string, ImportReport>
  letters: StubLetters
  settings: StubSettings
  panel: PanelWorld
  // Services that answer UNAVAILABLE.
  down: Set<string>
  // Calls seen, as "Service.Method", with their headers.
  calls: { name: string; header: Headers; timeoutMs: number | undefined }[]
}

export function makeWorld(): World {
  return { pupils: makePupils(), proposals: [], requests: new Map(), timeline: [], imports: new Map(), exclusions: new Map(), exclusionDrafts: new Map(), exclusionHistory: [], exclusionImports: new Map(), letters: { kept: new Map(), versions: [] }, settings: makeSettings(), panel: { cases: new Map(), actions: new Map(), history: [], panels: new Map(), sittings: new Map(), decisions: new Map(), providers: new Map(), placements: new Map(), plans: new Map(), files: new Map(), minutes: new Map(), tasks: new Map(), freePlaces: 4 }, down: new Set(), calls: [] }
}

export function enter(world: World, service: string, context: HandlerContext): DemoPerson {
  world.calls.push({ name: `${service}.${context.method.name}`, header: context.requestHeader, timeoutMs: context.timeoutMs() })
  if (world.down.has(service)) throw new ConnectError('down', Code.Unavailable)
  const token = context.requestHeader.get('authorization') ?? ''
  const person = people.find(one => token === `Bearer stub.${one.sub}`)
  if (!person) throw new ConnectError('no token', Code.Unauthenticated)
  return person
}

export function sees(person: DemoPerson, urn: number): boolean {
  return person.urns.includes(urn) || person.la_codes.includes(999)
}

export function notFound(what: string): ConnectError {
  return new ConnectError(`There is no such ${what}.`, Code.NotFound)
}

export function violations(code: Code, fields: Record<string, string>): ConnectError {
  const value = create(BadRequestSchema, {
    fieldViolations: Object.entries(fields).map(([field, description]) => ({ field, description })),
  })
  return new ConnectError('wrong', code, undefined, [{ desc: BadRequestSchema, value }])
}

// Pages of a list by a token that is the index of the first row.
export function pageOf<T>(rows: T[], pageSize: number, token: string): { rows: T[]; nextPageToken: string } {
  const from = Number(token) || 0
  const next = from + (pageSize || 50)
  return { rows: rows.slice(from, next), nextPageToken: next < rows.length ? String(next) : '' }
}
