import { SittingState, type AgendaItem, type Sitting } from '../../../../gen/pathways/panel/v1/service_pb'
import type { PupilName } from '../../../../gen/pathways/registry/v1/service_pb'
import type { Labelled } from '../../../components/summary'
import { pupilLabel } from '../../../services/names'
import { fullWeekday, longDay } from '../../../text/dates'
import { listed } from '../../../text/figures'
import { seatName } from '../../../text/panel'
import { dueWords } from '../cases/presenter'

export interface AgendaRow {
  caseId: string
  position: number
  pupil: string
  reference: string
  school: string
  due: string
  late: boolean
  how: string
  sealed: boolean
  decided: 'no' | 'proposed' | 'final'
  quorum: string
}

export interface SittingNames {
  pupils: Map<string, PupilName>
  schools: Map<number, string>
  people: Map<string, string>
}

function quorumWords({ quorum }: AgendaItem): string {
  if (!quorum) return ''
  return quorum.met ? 'Quorum is met' : `No quorum: ${listed(quorum.lacking)} missing`
}

function presentItem(item: AgendaItem, { pupils, schools }: SittingNames, { day }: Sitting, today: string): AgendaRow {
  const found = item.panelCase
  const due = found?.due ?? ''
  return {
    caseId: found?.caseId ?? '',
    position: item.position,
    pupil: pupilLabel(pupils.get(found?.pupilId ?? '')),
    reference: found?.reference ?? '',
    school: schools.get(found?.urn ?? 0) ?? '',
    due: found ? dueWords(found, today) : '',
    // The sitting is after the day by which education must be there.
    late: due !== '' && due < day,
    how: [item.addedBy === 'clerk' ? 'Put on by the clerk' : 'Put on by the clock', item.late ? 'after the papers day' : ''].filter(Boolean).join(', '),
    sealed: item.sealed,
    decided: item.decided ? 'final' : item.decisionId ? 'proposed' : 'no',
    quorum: quorumWords(item),
  }
}

export function presentAgenda(sitting: Sitting, names: SittingNames, today: string): AgendaRow[] {
  return sitting.agenda.map(item => presentItem(item, names, sitting, today))
}

export function presentSitting(sitting: Sitting, today: string): Labelled[] {
  return [
    { label: 'When', value: `${fullWeekday(sitting.day, today)}, from ${sitting.startsAt}` },
    { label: 'Where', value: sitting.venue },
    { label: 'Cases', value: `${sitting.agenda.length} of ${sitting.capacity}` },
    { label: 'Papers go out', value: longDay(sitting.papersDay) },
  ].filter(({ value }) => value !== '')
}

export interface MemberRow {
  personId: string
  name: string
  seat: string
  attended: boolean
}

export function presentMembers({ members }: Sitting, { people, schools }: SittingNames): MemberRow[] {
  return members.map(({ personId, seat, urn, attended }) => ({
    personId,
    name: people.get(personId) ?? 'A colleague',
    seat: [seatName(seat), urn ? (schools.get(urn) ?? '') : ''].filter(Boolean).join(', '),
    attended,
  }))
}

// The case moved by one place; the order as it was where it cannot move.
export function moved(caseIds: readonly string[], caseId: string, by: -1 | 1): string[] {
  const from = caseIds.indexOf(caseId)
  const to = from + by
  if (from < 0 || to < 0 || to >= caseIds.length) return [...caseIds]
  const next = [...caseIds]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

// What the clerk or chair can do with the whole sitting now.
export function offeredSteps({ state }: Pick<Sitting, 'state'>): { action: string; text: string }[] {
  if (state === SittingState.PLANNED) return [{ action: 'fill', text: 'Fill free places by the clock' }, { action: 'seal', text: 'Seal the packs' }, { action: 'open', text: 'Open the sitting' }, { action: 'cancel', text: 'Cancel the sitting' }]
  return state === SittingState.OPEN ? [{ action: 'seal', text: 'Seal the packs' }, { action: 'close', text: 'Close the sitting' }] : []
}

export function canChangeAgenda({ state }: Pick<Sitting, 'state'>): boolean {
  return state === SittingState.PLANNED || state === SittingState.OPEN
}
