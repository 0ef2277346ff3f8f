import { clone, create } from '@bufbuild/protobuf'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { ImportReportSchema, ImportState } from '../../gen/pathways/common/v1/import_pb'
import {
  DecisionsSchema,
  DraftSchema,
  Ending,
  ExclusionFactsSchema,
  ExclusionState,
  Kind,
  StepDoneSchema,
  StepState,
  type ExclusionsService,
} from '../../gen/pathways/exclusions/v1/service_pb'
import type { DemoPerson } from '../../dev-idp/people'
import { clockOf, notApplicable, today } from './clock'
import { addExclusion, at, change, find, findDraft, owed, tell, withoutWords } from './exclusionRecords'
import { preview } from './preview'
import { accessEntries } from './registry'
import { enter, notFound, pageOf, sees, violations, type World } from './world'

// A part of the national code set, by name.
const reasons = [
  ['LG', 'Abuse against sexual orientation and gender identity'],
  ['BU', 'Bullying'],
  ['DM', 'Damage'],
  ['DA', 'Drug and alcohol related'],
  ['MT', 'Inappropriate use of social media or online technology'],
  ['DB', 'Persistent or general disruptive behaviour'],
  ['PA', 'Physical assault against an adult'],
  ['PP', 'Physical assault against a pupil'],
  ['RA', 'Racist abuse'],
  ['SM', 'Sexual misconduct'],
  ['TH', 'Theft'],
  ['VA', 'Verbal abuse or threatening behaviour against an adult'],
  ['VP', 'Verbal abuse or threatening behaviour against a pupil'],
] as const

function readsWords(person: DemoPerson): boolean {
  return person.roles.includes('school') || person.roles.includes('inclusion_officer')
}

function seen(world: World, person: DemoPerson) {
  return [...world.exclusions.values()].filter(({ urn }) => sees(person, urn))
}

function deadlines(world: World, person: DemoPerson) {
  return seen(world, person)
    .flatMap(exclusion => owed(exclusion).map(step => ({ exclusion: withoutWords(exclusion), step: { ...step, working: [] } })))
    .sort((one, other) => one.step.due.localeCompare(other.step.due))
}

function drafts(world: World): Partial<ServiceImpl<typeof ExclusionsService>> {
  return {
    createDraft(request, context) {
      const person = enter(world, 'exclusions', context)
      const known = world.exclusionDrafts.get(request.draftId)
      if (known) return { draft: known }
      const draft = create(DraftSchema, { ...request, $typeName: undefined, facts: {}, version: 1n, createdAt: at, createdBy: person.sub, updatedAt: at, updatedBy: person.sub })
      world.exclusionDrafts.set(draft.draftId, draft)
      return { draft }
    },
    saveDraft(request, context) {
      const person = enter(world, 'exclusions', context)
      const found = findDraft(world, person, request.draftId)
      if (found.version !== request.version) throw new ConnectError('changed since', Code.Aborted)
      if (request.facts?.evidence.includes('refuse me')) throw violations(Code.InvalidArgument, { 'facts.evidence': 'Write it in other words' })
      const draft = Object.assign(clone(DraftSchema, found), { facts: request.facts, version: found.version + 1n, updatedAt: at, updatedBy: person.sub })
      world.exclusionDrafts.set(draft.draftId, draft)
      return { draft }
    },
    getDraft(request, context) {
      return { draft: findDraft(world, enter(world, 'exclusions', context), request.draftId) }
    },
    listDrafts(request, context) {
      const person = enter(world, 'exclusions', context)
      const all = [...world.exclusionDrafts.values()].filter(one => person.urns.includes(one.urn) && one.exclusionId === '')
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { drafts: rows, nextPageToken }
    },
    discardDraft(request, context) {
      world.exclusionDrafts.delete(findDraft(world, enter(world, 'exclusions', context), request.draftId).draftId)
      return {}
    },
    previewExclusion(request, context) {
      enter(world, 'exclusions', context)
      return preview(world, request)
    },
    recordExclusion(request, context) {
      const person = enter(world, 'exclusions', context)
      const known = world.exclusions.get(request.exclusionId)
      if (known) return { exclusion: known }
      const facts = create(ExclusionFactsSchema, request.facts)
      const draft = world.exclusionDrafts.get(request.draftId)
      if (draft) draft.exclusionId = request.exclusionId
      return { exclusion: addExclusion(world, request.exclusionId, request.pupilId, facts, { version: 1n, recordedAt: at, recordedBy: person.sub, updatedAt: at, updatedBy: person.sub }) }
    },
  }
}

function changes(world: World): Partial<ServiceImpl<typeof ExclusionsService>> {
  return {
    changeExclusion(request, context) {
      const person = enter(world, 'exclusions', context)
      if (request.reason.includes('refuse me')) throw violations(Code.InvalidArgument, { 'facts.half_days': 'A suspension cannot become longer: record a further one' })
      const exclusion = change(world, person, request.exclusionId, request.version, one => Object.assign(one, { facts: request.facts }))
      tell(world, exclusion, { kind: 'exclusion_changed', personId: person.sub, role: person.roles[0], note: request.reason, change: 'length: 3 days -> 2 days' })
      return { exclusion }
    },
    endExclusion(request, context) {
      const person = enter(world, 'exclusions', context)
      const cancel = request.ending === Ending.CANCEL
      const exclusion = change(world, person, request.exclusionId, request.version, one =>
        Object.assign(one, { state: cancel ? ExclusionState.CANCELLED : ExclusionState.WITHDRAWN, endedOn: request.on, endedReason: request.reason }),
      )
      tell(world, exclusion, { kind: cancel ? 'exclusion_cancelled' : 'exclusion_withdrawn', personId: person.sub, role: person.roles[0], note: request.reason })
      return { exclusion }
    },
    recordStep(request, context) {
      const person = enter(world, 'exclusions', context)
      const done = create(StepDoneSchema, { ...request.done, recordedAt: at, recordedBy: person.sub, $typeName: undefined })
      const exclusion = change(world, person, request.exclusionId, request.version, one => {
        one.done = [...one.done.filter(({ step }) => step !== done.step), ...(done.on ? [done] : [])]
      })
      tell(world, exclusion, { kind: done.on ? 'step_done' : 'step_taken_back', step: done.step, personId: person.sub, role: person.roles[0] })
      return { exclusion }
    },
    recordDecision(request, context) {
      const person = enter(world, 'exclusions', context)
      if (request.note.includes('refuse me')) throw violations(Code.InvalidArgument, { 'decisions.board_met_on': 'The board cannot have met before it was told' })
      const exclusion = change(world, person, request.exclusionId, request.version, one => {
        one.decisions = create(DecisionsSchema, request.decisions)
        if (one.decisions.boardDecision === 'reinstate') one.state = ExclusionState.REINSTATED
      })
      tell(world, exclusion, { kind: 'governors_decided', personId: person.sub, role: person.roles[0], note: request.note })
      return { exclusion }
    },
  }
}

function reads(world: World): Partial<ServiceImpl<typeof ExclusionsService>> {
  return {
    getExclusion(request, context) {
      const person = enter(world, 'exclusions', context)
      const found = find(world, person, request.exclusionId)
      return { exclusion: readsWords(person) ? found : withoutWords(found), history: world.exclusionHistory.filter(({ exclusionId }) => exclusionId === found.exclusionId) }
    },
    getClock(request, context) {
      const found = find(world, enter(world, 'exclusions', context), request.exclusionId)
      return { steps: clockOf(found), notApplicable: notApplicable(found), today }
    },
    listExclusions(request, context) {
      const person = enter(world, 'exclusions', context)
      const all = seen(world, person)
        .filter(
          ({ urn, pupilId, facts, state, endDate }) =>
            (!request.urn || urn === request.urn) &&
            (!request.pupilId || pupilId === request.pupilId) &&
            (!request.kind || facts?.kind === request.kind) &&
            (!request.state || state === request.state) &&
            (!request.reason || facts?.reasons.includes(request.reason)) &&
            (!request.on || ((facts?.startDate ?? '') <= request.on && endDate >= request.on)) &&
            (facts?.startDate ?? '') >= request.from &&
            (!request.to || (facts?.startDate ?? '') <= request.to),
        )
        .sort((one, other) => (other.facts?.startDate ?? '').localeCompare(one.facts?.startDate ?? ''))
      const { rows, nextPageToken } = pageOf(all.map(withoutWords), request.pageSize, request.pageToken)
      return { exclusions: rows, nextPageToken, total: BigInt(all.length) }
    },
    listDeadlines(request, context) {
      const person = enter(world, 'exclusions', context)
      const all = deadlines(world, person).filter(
        ({ exclusion, step }) =>
          (!request.urn || exclusion.urn === request.urn) &&
          (!request.step || step.step === request.step) &&
          (!request.owner || step.owner === request.owner) &&
          (!request.late || step.state === StepState.LATE),
      )
      const { rows, nextPageToken } = pageOf(all, request.pageSize, request.pageToken)
      return { deadlines: rows, nextPageToken, total: BigInt(all.length) }
    },
    getPupilTotals(request, context) {
      const person = enter(world, 'exclusions', context)
      const all = seen(world, person).filter(({ pupilId }) => request.pupilIds.includes(pupilId))
      return {
        totals: [...Map.groupBy(all, ({ pupilId }) => pupilId)].map(([pupilId, of]) => ({
          pupilId,
          totals: of.at(-1)?.totals,
          suspensionsInYear: of.filter(({ facts }) => facts?.kind !== Kind.PERMANENT).length,
          lastStart: of.at(-1)?.facts?.startDate,
          permanentlyExcluded: of.some(({ facts, state }) => facts?.kind === Kind.PERMANENT && state === ExclusionState.RECORDED),
        })),
      }
    },
    listTimeline(request, context) {
      enter(world, 'exclusions', context)
      const { rows, nextPageToken } = pageOf(world.exclusionHistory.filter(({ pupilId }) => pupilId === request.pupilId), request.pageSize, request.pageToken)
      return { entries: rows, nextPageToken }
    },
    getWorkCounts(_request, context) {
      const person = enter(world, 'exclusions', context)
      const all = deadlines(world, person)
      return {
        late: BigInt(all.filter(({ step }) => step.state === StepState.LATE).length),
        dueSoon: BigInt(all.filter(({ step }) => step.state === StepState.DUE && step.schoolDaysLeft <= 5).length),
        drafts: BigInt([...world.exclusionDrafts.values()].filter(({ urn }) => person.urns.includes(urn)).length),
        permanentOpen: BigInt(seen(world, person).filter(({ facts, state }) => facts?.kind === Kind.PERMANENT && state === ExclusionState.RECORDED).length),
        suspendedToday: BigInt(seen(world, person).filter(({ facts, endDate }) => (facts?.startDate ?? '') <= today && endDate >= today).length),
      }
    },
    listReasons(_request, context) {
      enter(world, 'exclusions', context)
      return { reasons: reasons.map(([code, name]) => ({ code, name })) }
    },
    listAccessHistory(request, context) {
      enter(world, 'exclusions', context)
      const { rows, nextPageToken } = pageOf(accessEntries('exclusions', 3), request.pageSize, request.pageToken)
      return { entries: rows, nextPageToken }
    },
  }
}

function files(world: World): Partial<ServiceImpl<typeof ExclusionsService>> {
  return {
    async importSuspensions(chunks, context) {
      const person = enter(world, 'exclusions', context)
      const report = create(ImportReportSchema, { state: ImportState.DONE, startedAt: at, finishedAt: at, personId: person.sub })
      let text = ''
      for await (const { part } of chunks) {
        if (part.case === 'start') Object.assign(report, { importId: part.value.importId, fileName: part.value.fileName, urn: part.value.urn })
        else if (part.case === 'data') text += new TextDecoder().decode(part.value)
      }
      const rows = text.split(/\r?\n/).slice(1).filter(Boolean)
      const bad = rows.flatMap((row, index) => (row.includes('XX') ? [BigInt(index + 2)] : []))
      Object.assign(report, { rowsRead: BigInt(rows.length), rowsGood: BigInt(rows.length - bad.length), rowsRefused: BigInt(bad.length), recordsNew: BigInt(rows.length - bad.length) })
      if (bad.length > 0) report.state = ImportState.DONE_WITH_REFUSALS
      const problems = bad.map(row => ({ row, column: 'reason1', value: 'XX', reason: 'This reason is not in the list of that day.', advice: 'Use a code of the national list.', code: 'unknown_reason' }))
      const done = create(ImportReportSchema, { ...report, $typeName: undefined, problems, problemCount: BigInt(bad.length) })
      world.exclusionImports.set(done.importId, done)
      return done
    },
    getImport(request, context) {
      enter(world, 'exclusions', context)
      const report = world.exclusionImports.get(request.importId)
      if (!report) throw notFound('import')
      return { report }
    },
    listImports(request, context) {
      enter(world, 'exclusions', context)
      const { rows, nextPageToken } = pageOf([...world.exclusionImports.values()].reverse(), request.pageSize, request.pageToken)
      return { imports: rows, nextPageToken }
    },
    async *exportRefusedRows(_request, context) {
      enter(world, 'exclusions', context)
      yield { data: new TextEncoder().encode('urn,upn,kind,errors\r\n') }
    },
    async *exportExclusions(_request, context) {
      enter(world, 'exclusions', context)
      yield { data: new TextEncoder().encode('urn,upn,kind,start_date\r\n') }
    },
    async *exportClock(_request, context) {
      enter(world, 'exclusions', context)
      yield { data: new TextEncoder().encode('urn,upn,kind,start_date,step\r\n') }
    },
  }
}

export function exclusions(world: World): Partial<ServiceImpl<typeof ExclusionsService>> {
  return { ...drafts(world), ...changes(world), ...reads(world), ...files(world) }
}
