import type { Reason } from '../../../../../gen/pathways/exclusions/v1/service_pb'
import { Kind } from '../../../../../gen/pathways/exclusions/v1/service_pb'
import type { SchoolTerm, TrendCase } from '../../../../../gen/pathways/exclusions/v1/trends_pb'
import type { PupilName } from '../../../../../gen/pathways/registry/v1/service_pb'
import { pupilLabel } from '../../../../services/names'
import { longDay } from '../../../../text/dates'
import { kindWords, lengthOf } from '../../../../text/exclusions'
import { reasonNames } from '../../list/presenter'
import { originBrief } from '../../origin'
import type { Question } from '../form'

// A number of the trend.
export interface Point {
  question: Question
  year: number
  term: SchoolTerm
  // Of the breakdown.
  value: string
}

export interface CaseRow {
  exclusionId: string
  reference: string
  pupil: string
  school: string
  kind: string
  length: string
  start: string
  reasons: string[]
  origin: string
}

export interface CaseNames {
  pupils: Map<string, PupilName>
  schools: Map<number, string>
  people: Map<string, string>
  reasons: readonly Reason[]
}

const kinds: Record<string, Kind> = { SUSP: Kind.SUSPENSION, LNCH: Kind.LUNCHTIME, PERM: Kind.PERMANENT }

export function presentCase(one: TrendCase, { pupils, schools, people, reasons }: CaseNames): CaseRow {
  const kind = kinds[one.kind] ?? Kind.UNSPECIFIED
  return {
    exclusionId: one.exclusionId,
    reference: one.reference,
    pupil: pupilLabel(pupils.get(one.pupilId)),
    school: schools.get(one.urn) ?? '',
    kind: kindWords(kind).text,
    length: lengthOf({ kind, halfDays: one.halfDays }),
    start: longDay(one.startDate),
    reasons: reasonNames(one.reasons, reasons),
    origin: originBrief({ importId: one.importId, importFile: one.importFile, importRow: one.importRow, by: people.get(one.recordedBy) }),
  }
}
