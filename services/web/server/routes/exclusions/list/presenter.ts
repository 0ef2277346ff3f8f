import { Kind, StepState, type Exclusion, type Reason } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { PupilName } from '../../../../gen/pathways/registry/v1/service_pb'
import { pupilLabel } from '../../../services/names'
import { dueWords, stepTitle } from '../../../text/clock'
import { longDay } from '../../../text/dates'
import { exclusionState, kindWords, lengthOf } from '../../../text/exclusions'
import type { Named } from '../../../text/requests'

export interface ExclusionRow {
  exclusionId: string
  reference: string
  pupil: string
  school: string
  kind: string
  start: string
  length: string
  reasons: string[]
  state: Named
  next: string
  nextDue: string
  late: boolean
}

export interface Names {
  pupils: Map<string, PupilName>
  schools: Map<number, string>
  reasons: readonly Reason[]
}

// A code of an older list is shown as it is.
export function reasonNames(codes: readonly string[], reasons: readonly Reason[]): string[] {
  return codes.map(code => reasons.find(reason => reason.code === code)?.name ?? code)
}

export function presentExclusion(exclusion: Exclusion, names: Names, today: string): ExclusionRow {
  const { facts, nextStep, nextDue, nextSchoolDaysLeft, nextLate } = exclusion
  const next = { step: nextStep, state: nextLate ? StepState.LATE : StepState.DUE, due: nextDue, schoolDaysLeft: nextSchoolDaysLeft, doneOn: '' }
  return {
    exclusionId: exclusion.exclusionId,
    reference: exclusion.reference,
    pupil: pupilLabel(names.pupils.get(exclusion.pupilId)),
    school: names.schools.get(exclusion.urn) ?? '',
    kind: kindWords(facts?.kind ?? Kind.UNSPECIFIED).text,
    start: longDay(facts?.startDate ?? ''),
    length: facts ? lengthOf(facts) : '',
    reasons: reasonNames(facts?.reasons ?? [], names.reasons),
    state: exclusionState(exclusion.state),
    next: nextStep === '' ? '' : stepTitle(nextStep),
    nextDue: nextStep === '' ? '' : dueWords(next, today),
    late: nextLate,
  }
}
