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
