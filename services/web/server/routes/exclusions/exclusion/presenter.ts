import { Kind, type Exclusion, type Reason } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { dateTime, longDay } from '../../../text/dates'
import { backWords, boardDecisions, lengthOf, optionText, panelDecisions, sessionWord, spanOf } from '../../../text/exclusions'
import { capital, senProvision, yearGroup, yesNo } from '../../../text/words'
import { reasonNames } from '../list/presenter'

export interface Fact {
  label: string
  value: string
}

function told(facts: Fact[]): Fact[] {
  return facts.filter(({ value }) => value !== '')
}

function by(people: Map<string, string>, id: string): string {
  return id === '' ? '' : (people.get(id) ?? 'a colleague')
}

// What a reader needs at once.
export function presentFacts(exclusion: Exclusion, reasons: readonly Reason[], school: string): Fact[] {
  const { facts } = exclusion
  return told([
    { label: 'Days', value: capital([spanOf(exclusion), facts && lengthOf(facts)].filter(Boolean).join(', ')) },
    { label: 'Back at school', value: exclusion.decisions?.reinstatedFrom ? longDay(exclusion.decisions.reinstatedFrom) : backWords(exclusion) },
    { label: 'Reasons', value: reasonNames(facts?.reasons ?? [], reasons).join('\n') },
    { label: 'School', value: school },
  ])
}

// The rest of what the head teacher decided, and how the pupil stood then. `recorded`: where it came from.
export function presentDecided(exclusion: Exclusion, people: Map<string, string>, recorded: string): Fact[] {
  const { facts } = exclusion
  const suspension = facts?.kind === Kind.SUSPENSION
  return told([
    { label: 'Begins in the', value: suspension ? capital(sessionWord(facts.startSession)) : '' },
    { label: 'Decided on', value: longDay(facts?.decidedOn || facts?.startDate || '') },
    { label: 'Examination missed on', value: longDay(facts?.examOn ?? '') },
    { label: 'Has a social worker', value: yesNo(facts?.hasSocialWorker ?? false) },
    { label: 'Looked after', value: yesNo(exclusion.lookedAfter) },
    { label: 'Special educational needs', value: senProvision(exclusion.senProvision) },
    { label: 'Year group', value: yearGroup(exclusion.yearGroup) },
    { label: 'Examinations left', value: facts?.noExaminationsLeft ? 'No' : '' },
    { label: 'Where it came from', value: recorded },
    { label: 'Last change', value: [dateTime(exclusion.updatedAt), by(people, exclusion.updatedBy)].filter(Boolean).join(', by ') },
    { label: 'Ended on', value: longDay(exclusion.endedOn) },
  ])
}

// Words for those on the case; empty for everyone else.
export function presentWords(exclusion: Exclusion): Fact[] {
  const { facts } = exclusion
  return told([
    { label: 'What happened', value: facts?.evidence ?? '' },
    { label: 'What was tried', value: facts?.tried ?? '' },
    { label: 'Education from day six', value: facts?.provision ?? '' },
    { label: 'Why it was ended', value: exclusion.endedReason },
  ])
}

export function presentDecisions({ decisions }: Exclusion): Fact[] {
  if (!decisions) return []
  const dated = (day: string, words: string) => (day === '' ? '' : [longDay(day), words].filter(Boolean).join(': '))
  return told([
    { label: 'Governing board told', value: longDay(decisions.boardToldOn) },
    { label: 'Parents made representations', value: longDay(decisions.representationsOn) },
    { label: 'Governing board met', value: dated(decisions.boardMetOn, optionText(boardDecisions, decisions.boardDecision)) },
    { label: 'Reinstated from', value: longDay(decisions.reinstatedFrom) },
    { label: 'Notice of the decision', value: longDay(decisions.decisionNoticeOn) },
    { label: 'Parents will not apply for a review', value: longDay(decisions.reviewWaivedOn) },
    { label: 'Parents applied for a review', value: longDay(decisions.reviewAppliedOn) },
    { label: 'Review panel', value: dated(decisions.panelMetOn, optionText(panelDecisions, decisions.panelDecision)) },
    { label: 'Notice of the panel’s decision', value: longDay(decisions.panelNoticeOn) },
    { label: 'Governing board considered it again', value: dated(decisions.reconsideredOn, optionText(boardDecisions, decisions.reconsideredDecision)) },
  ])
}
