import type { TimelineEntry } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { stepTitle } from '../../../text/clock'
import { actor } from '../../../text/actor'
import { capital } from '../../../text/words'
import type { TimelineItem } from '../../pupils/timeline/presenter'

const words: Record<string, string> = {
  suspension_recorded: 'Suspension recorded',
  lunchtime_recorded: 'Lunchtime suspension recorded',
  permanent_exclusion_recorded: 'Permanent exclusion recorded',
  exclusion_changed: 'Exclusion changed',
  exclusion_cancelled: 'Exclusion cancelled by the head teacher',
  exclusion_withdrawn: 'Exclusion withdrawn: it was recorded by mistake',
  step_done: 'Done',
  step_taken_back: 'Not done after all',
  deadline_moved: 'Date moved',
  deadline_approaching: 'Due soon',
  deadline_passed: 'Passed its date',
  letter_kept: 'Letter written',
  letter_sent: 'Letter sent',
  decision_recorded: 'Decision recorded',
  governors_decided: 'Governing board decided',
  review_panel_decided: 'Review panel decided',
}

function what({ kind, step }: TimelineEntry): string {
  const said = words[kind] ?? capital(kind.replaceAll('_', ' '))
  return step ? `${said}: ${stepTitle(step).toLowerCase()}` : said
}

// An entry of an exclusion as the timelines of pupil and exclusion show it.
export function presentEntry(entry: TimelineEntry, people: Map<string, string>, schools: Map<number, string>, linked: boolean): TimelineItem {
  return {
    what: what(entry),
    at: entry.at,
    by: actor(entry, people),
    school: schools.get(entry.urn) ?? '',
    figures: entry.change.replaceAll('->', 'to'),
    note: entry.note,
    link: linked ? { href: `/exclusions/${entry.exclusionId}`, text: 'Open the exclusion' } : undefined,
    trace: entry.traceId,
  }
}
