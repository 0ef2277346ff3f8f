import { CaseState, type PanelCase } from '../../../../gen/pathways/panel/v1/service_pb'
import type { PupilName } from '../../../../gen/pathways/registry/v1/service_pb'
import { askedFor } from '../../../panelForm/options'
import { pupilLabel } from '../../../services/names'
import { dayOfInstant, fullWeekday, longDay } from '../../../text/dates'
import { caseState, named, originName, phaseName } from '../../../text/panel'
import type { Named } from '../../../text/requests'

export interface CaseRow {
  caseId: string
  reference: string
  pupil: string
  school: string
  origin: string
  panel: string
  state: Named
  // "Education due Wednesday 18 November"; empty when no clock runs.
  due: string
  late: boolean
  // Of a case that waits for an agenda.
  lacks: boolean
  sitting: string
  asked: string
  since: string
}

function waits({ state }: PanelCase): boolean {
  return state === CaseState.REFERRED || state === CaseState.SCHEDULED
}

// "Education due Wednesday 18 November"
export function dueWords({ due }: Pick<PanelCase, 'due'>, today: string): string {
  if (due === '') return ''
  return due < today ? `Education was due ${fullWeekday(due, today)}` : `Education due ${fullWeekday(due, today)}`
}

export function presentCase(one: PanelCase, names: { pupils: Map<string, PupilName>; schools: Map<number, string> }, today: string): CaseRow {
  return {
    caseId: one.caseId,
    reference: one.reference,
    pupil: pupilLabel(names.pupils.get(one.pupilId)),
    school: names.schools.get(one.urn) ?? '',
    origin: originName(one.origin),
    panel: phaseName(one.phase),
    state: caseState(one.state),
    due: dueWords(one, today),
    late: one.due !== '' && one.due < today && waits(one),
    lacks: waits(one) && !one.complete,
    sitting: one.state === CaseState.SCHEDULED ? longDay(one.sittingDay) : '',
    asked: one.askedFor ? named(askedFor, one.askedFor) : '',
    since: dayOfInstant(one.referredAt || one.createdAt),
  }
}
