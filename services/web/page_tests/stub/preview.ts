import { create } from '@bufbuild/protobuf'
import {
  ExclusionSchema,
  ExclusionState,
  Kind,
  PreviewExclusionResponseSchema,
  WarningSchema,
  type ExclusionFacts,
  type PreviewExclusionRequest,
  type Warning,
} from '../../gen/pathways/exclusions/v1/service_pb'
import { clockOf, whySkipped } from './clock'
import { derive, earlierOf, totalsOf } from './exclusionRecords'
import type { World } from './world'

function problems(facts: ExclusionFacts) {
  const said: Record<string, string> = {}
  if (facts.kind === Kind.UNSPECIFIED) said['facts.kind'] = 'Say which kind of exclusion it is'
  if (facts.startDate === '') said['facts.start_date'] = 'Say on which day it begins'
  else if (whySkipped(facts.startDate)) said['facts.start_date'] = `The school is closed on this day: ${whySkipped(facts.startDate)}`
  if (facts.reasons.length === 0) said['facts.reasons'] = 'Give at least one reason'
  if (facts.kind === Kind.PERMANENT && facts.evidence === '') said['facts.evidence'] = 'Say what happened and what was considered'
  return Object.entries(said).map(([field, words]) => ({ field, words }))
}

function warnings(world: World, request: PreviewExclusionRequest, halfDaysInYear: number, halfDaysInTerm: number): Warning[] {
  const pupil = world.pupils.find(({ pupilId }) => pupilId === request.pupilId)
  const facts = request.facts
  const of = (code: string, text: string, whatToDo: string, source: string, refuses = false) => create(WarningSchema, { code, text, whatToDo, source, refuses, mustBeSeen: !refuses })
  return [
    ...(halfDaysInYear > 90 ? [of('over_45_days', `This would make ${halfDaysInYear / 2} school days in the school year. The law allows 45.`, 'Shorten it.', 'SI 2012/1033, regulation 22', true)] : []),
    ...(halfDaysInTerm > 30 ? [of('over_15_days', `This would make ${halfDaysInTerm / 2} school days in the term: more than 15.`, 'The governing board must consider it within 15 school days.', 'SI 2012/1033, regulation 6')] : []),
    ...(pupil?.senProvision === 'E' ? [of('has_ehcp', 'The pupil has an education, health and care plan.', 'Exclude only as a last resort. Ask for an early annual review, and record what was tried.', 'Guidance, September 2023')] : []),
    ...(pupil?.urn === 900002 ? [of('primary', 'The pupil is of primary age.', 'The borough’s aim is no exclusion from a primary school. Say what was tried, and ring Inclusion first.', 'Action plan')] : []),
    ...(facts?.hasSocialWorker ? [of('has_social_worker', 'The pupil has a social worker.', 'Tell the social worker without delay, and hear what they say before you decide.', 'SI 2012/1033 as amended')] : []),
    ...(facts?.examOn ? [of('misses_exam', 'The pupil would miss a public examination.', 'The board considers it before the examination where it can. Ask whether the pupil can sit it all the same.', 'SI 2012/1033, regulation 24')] : []),
  ]
}

export function preview(world: World, request: PreviewExclusionRequest) {
  const facts = request.facts
  if (!facts?.startDate) return create(PreviewExclusionResponseSchema, { problems: facts ? problems(facts) : [] })
  const totals = totalsOf(world, request.pupilId, facts, request.exclusionId)
  const would = derive(create(ExclusionSchema, { pupilId: request.pupilId, urn: request.urn, facts, totals, state: ExclusionState.RECORDED }))
  return create(PreviewExclusionResponseSchema, {
    problems: problems(facts),
    warnings: warnings(world, request, totals.halfDaysInYear, totals.halfDaysInTerm),
    totals,
    endDate: would.endDate,
    backOn: would.backOn,
    backSession: would.backSession,
    clock: clockOf(would).map(step => ({ ...step, working: [] })),
    earlier: earlierOf(world, request.pupilId, facts.startDate, request.exclusionId),
  })
}
