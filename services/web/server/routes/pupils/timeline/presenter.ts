import type { TimelineEntry as AttendanceEntry } from '../../../../gen/pathways/attendance/v1/timeline_pb'
import type { TimelineEntry } from '../../../../gen/pathways/referrals/v1/service_pb'
import { actor } from '../../../text/actor'
import { missedOf, percent } from '../../../text/figures'
import { crossing } from '../../../text/words'

export interface TimelineItem {
  what: string
  at: string
  by: string
  school: string
  figures: string
  note: string
  link?: { href: string; text: string }
  trace: string
  // It has a day and no time.
  dayOnly?: boolean
}

const words: Record<string, string> = {
  proposal_raised: 'Proposal raised',
  proposal_withdrawn: 'Proposal withdrawn: the marks behind it were corrected',
  absence_recovered: 'Absence is below the line again',
  absence_recovery_withdrawn: 'Absence is not below the line after all: marks were corrected',
  proposal_dismissed: 'Decided that no request is needed',
  request_started: 'Early Help request started',
  request_submitted: 'Early Help request sent',
  more_information_asked: 'Early Help asked for more',
  more_information_given: 'School answered Early Help',
  request_accepted: 'Early Help request accepted',
  request_redirected: 'Early Help request sent on to another service',
  request_declined: 'Early Help request declined',
  request_allocated: 'Early Help worker named',
  request_withdrawn: 'Early Help request withdrawn',
}

function what(entry: TimelineEntry): string {
  const said = words[entry.kind] ?? entry.kind.replaceAll('_', ' ')
  return entry.proposal?.kind ? `${said}: ${crossing(entry.proposal.kind).toLowerCase()}` : said
}

function linkOf(entry: TimelineEntry): TimelineItem['link'] {
  if (entry.requestId) return { href: `/requests/${entry.requestId}`, text: 'Open the request' }
  return entry.proposalId ? { href: `/proposals/${entry.proposalId}`, text: 'Open the proposal' } : undefined
}

export function presentTimeline(entry: TimelineEntry, people: Map<string, string>, schools: Map<number, string>): TimelineItem {
  const { proposal } = entry
  return {
    what: what(entry),
    at: entry.at,
    by: actor(entry, people),
    school: schools.get(entry.urn) ?? '',
    figures: proposal ? `${missedOf(proposal.sessionsAbsent, proposal.sessionsPossible)} (${percent(proposal.sessionsAbsent, proposal.sessionsPossible)})` : '',
    note: entry.note,
    link: linkOf(entry),
    trace: entry.traceId,
  }
}

const crossings: Record<string, string> = {
  persistent: 'Absence became persistent',
  severe: 'Absence became severe',
  recovered_persistent: 'Absence is below 10% again',
  recovered_severe: 'Absence is below 50% again',
  unauthorised_10_in_10_weeks: 'Ten unauthorised sessions in ten school weeks',
}

// A threshold of absence that marks crossed, as now known. Nobody did it.
export function presentCrossing(entry: AttendanceEntry, schools: Map<number, string>): TimelineItem {
  const rolling = entry.kind === 'unauthorised_10_in_10_weeks'
  return {
    what: crossings[entry.kind] ?? entry.kind.replaceAll('_', ' '),
    at: entry.at,
    by: 'Pathways, from the registers',
    school: schools.get(entry.urn) ?? '',
    figures: rolling ? '' : `${missedOf(entry.sessionsAbsent, entry.sessionsPossible)} since September (${percent(entry.sessionsAbsent, entry.sessionsPossible)})`,
    note: '',
    trace: '',
    dayOnly: true,
  }
}
