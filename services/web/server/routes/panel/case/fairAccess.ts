import { FairAccessState, type GetFairAccessResponse } from '../../../../gen/pathways/panel/v1/fair_access_pb'
import { DecisionKind, type Decision, type PanelCase } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Gathering } from '../../../services/gather'
import type { Services } from '../../../services'
import { fullWeekday, longDay } from '../../../text/dates'

export interface FairAccessView {
  words: string
  late: boolean
  rule: string
  // Every day of the count: "1. Tuesday 8 September", "Saturday 12 September: Saturday".
  days: string[]
}

const others: Record<string, string> = {
  has_plan: 'The fair access protocol is not for a pupil with an education, health and care plan: the authority names the school.',
  looked_after: 'The fair access protocol is not for a looked-after pupil: the authority names the school.',
}

function words({ state, due, foundOn }: GetFairAccessResponse, today: string): string {
  if (due === '') return 'A school place is to be found within 20 school days; that day is past what the school’s calendar knows.'
  if (state === FairAccessState.FOUND) return `A school place was decided on ${longDay(foundOn)}; it was due by ${longDay(due)}.`
  return state === FairAccessState.LATE ? `A school place was due by ${fullWeekday(due, today)}. It is still owed.` : `A school place is due by ${fullWeekday(due, today)}.`
}

export function presentFairAccess(limit: GetFairAccessResponse, today: string): FairAccessView | undefined {
  if (limit.whyNot) return { words: others[limit.whyNot] ?? '', late: false, rule: '', days: [] }
  if (limit.state === FairAccessState.UNSPECIFIED) return undefined
  return {
    words: words(limit, today),
    late: limit.state === FairAccessState.LATE,
    rule: `${limit.rule} (${limit.source}). It counts from ${longDay(limit.startsFrom)}.`,
    days: limit.days.map(({ day, number, whySkipped }) => (number > 0 ? `${number}. ${fullWeekday(day, today)}` : `${fullWeekday(day, today)}: ${whySkipped}`)),
  }
}

// Only of cases that ask for such a place, or got one.
export async function loadFairAccess(clients: Services['clients'], found: PanelCase, decisions: readonly Decision[], gathering: Gathering) {
  const meant = found.askedFor === 'fair_access_place' || decisions.some(({ terms }) => terms?.kind === DecisionKind.FAIR_ACCESS_PLACE)
  return meant ? gathering.get('the fair access date', () => clients.fairAccess.getFairAccess({ caseId: found.caseId })) : undefined
}
