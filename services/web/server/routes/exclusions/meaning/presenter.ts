import { Kind, type PreviewExclusionResponse, type Reason, type Totals } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { dueWords, ownerName, stepTitle } from '../../../text/clock'
import { longDay } from '../../../text/dates'
import { backWords, elsewhere, exclusionState, kindWords, lengthOf } from '../../../text/exclusions'
import { reasonNames } from '../list/presenter'

export interface Meaning {
  problems: { field: string; words: string }[]
  warnings: { code: string; text: string; whatToDo: string; source: string; refuses: boolean }[]
  mustBeSeen: boolean
  refuses: boolean
  span: { label: string; value: string }[]
  totals?: { term: { before?: number; after: number }; year: { before?: number; after: number }; elsewhere: string; otherTerm: number }
  clock: { what: string; when: string; owner: string }[]
  earlier: { exclusionId: string; kind: string; start: string; length: string; reasons: string; state: string }[]
}

// What was there before: the totals have this exclusion in them. One that runs over two terms cannot be told apart here.
export function presentTotals(totals: Totals | undefined, ownHalfDays: number): Meaning['totals'] {
  if (!totals) return undefined
  const { halfDaysInTerm, halfDaysInYear, halfDaysInOtherTerm } = totals
  return {
    term: { before: halfDaysInOtherTerm > 0 ? undefined : Math.max(0, halfDaysInTerm - ownHalfDays), after: halfDaysInTerm },
    year: { before: Math.max(0, halfDaysInYear - ownHalfDays), after: halfDaysInYear },
    elsewhere: elsewhere(totals),
    otherTerm: halfDaysInOtherTerm,
  }
}

export function presentMeaning(preview: PreviewExclusionResponse, ownHalfDays: number, reasons: readonly Reason[], today: string): Meaning {
  const span = [
    { label: 'Last day', value: longDay(preview.endDate) },
    { label: 'Back at school', value: backWords(preview) },
  ]
  return {
    problems: preview.problems.map(({ field, words }) => ({ field, words })),
    warnings: preview.warnings.map(({ code, text, whatToDo, source, refuses }) => ({ code, text, whatToDo, source, refuses })),
    mustBeSeen: preview.warnings.some(({ mustBeSeen }) => mustBeSeen),
    refuses: preview.problems.length > 0 || preview.warnings.some(({ refuses }) => refuses),
    span: span.filter(({ value }) => value !== ''),
    totals: presentTotals(preview.totals, ownHalfDays),
    clock: preview.clock.map(step => ({ what: step.title || stepTitle(step.step), when: dueWords(step, today), owner: ownerName(step.owner) })),
    earlier: preview.earlier.map(({ exclusionId, facts, state }) => ({
      exclusionId,
      kind: kindWords(facts?.kind ?? Kind.UNSPECIFIED).text,
      start: longDay(facts?.startDate ?? ''),
      length: facts ? lengthOf(facts) : '',
      reasons: reasonNames(facts?.reasons ?? [], reasons).join(', '),
      state: exclusionState(state).text,
    })),
  }
}
