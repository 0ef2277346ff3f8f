import { type Deadline } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { PupilName } from '../../../../gen/pathways/registry/v1/service_pb'
import { pupilLabel } from '../../../services/names'
import { dueWords, ownerName, stepTitle, urgencies, urgency, type Urgency } from '../../../text/clock'
import { kindWords } from '../../../text/exclusions'
import { Kind } from '../../../../gen/pathways/exclusions/v1/service_pb'

export interface DeadlineRow {
  exclusionId: string
  pupil: string
  school: string
  kind: string
  what: string
  owner: string
  due: string
}

export interface DeadlineGroup {
  urgency: Urgency
  title: string
  tag: string
  colour: string
  rows: DeadlineRow[]
}

function row({ exclusion, step }: Deadline, pupils: Map<string, PupilName>, schools: Map<number, string>, today: string): DeadlineRow {
  return {
    exclusionId: exclusion?.exclusionId ?? '',
    pupil: pupilLabel(pupils.get(exclusion?.pupilId ?? '')),
    school: schools.get(exclusion?.urn ?? 0) ?? '',
    kind: kindWords(exclusion?.facts?.kind ?? Kind.UNSPECIFIED).text,
    what: step?.title || stepTitle(step?.step ?? ''),
    owner: ownerName(step?.owner ?? ''),
    due: step ? dueWords(step, today) : '',
  }
}

// In the order in which it presses, each group in the order it came.
export function presentQueue(deadlines: readonly Deadline[], pupils: Map<string, PupilName>, schools: Map<number, string>, today: string): DeadlineGroup[] {
  return urgencies
    .map(({ urgency: name, ...words }) => ({
      urgency: name,
      ...words,
      rows: deadlines.filter(({ step }) => step && urgency(step, today) === name).map(deadline => row(deadline, pupils, schools, today)),
    }))
    .filter(({ rows }) => rows.length > 0)
}
