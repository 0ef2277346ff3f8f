import type { TimelineEntry } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Option } from '../../../components/forms'
import { actor } from '../../../text/actor'
import { isDay, longDay } from '../../../text/dates'
import { decisionKinds, named, originOptions } from '../../../text/panel'
import { endReasons, returnOutcomes, reviewOutcomes } from '../../../text/providers'
import { capital } from '../../../text/words'
import type { TimelineItem } from '../../pupils/timeline/presenter'

const words: Record<string, string> = {
  case_started: 'Panel case started',
  case_referred: 'Referred to the panel',
  case_opened: 'Came to the panel',
  due_moved: 'Day six moved',
  case_scheduled: 'Put on the agenda of a sitting',
  case_unscheduled: 'Taken off the agenda',
  file_added: 'File added',
  file_removed: 'File taken off',
  pack_sealed: 'Pack for the sitting sealed',
  tasks_sent: 'Tasks sent to those who owe them',
  task_done: 'Task done',
  panel_decided: 'Panel decided',
  place_offered: 'Place offered',
  offer_accepted: 'Offer accepted',
  offer_declined: 'Offer declined',
  offer_withdrawn: 'Offer taken back',
  placement_started: 'Placement started',
  placement_reviewed: 'Placement reviewed',
  return_planned: 'Return to a school planned',
  return_agreed: 'Plan for the return agreed: the school has it',
  return_reopened: 'Plan for the return changed: to be agreed again',
  pupil_reintegrated: 'Back at a school',
  return_reviewed: 'Return reviewed',
  placement_ended: 'Placement ended',
  case_withdrawn: 'Panel case withdrawn',
  case_closed: 'Panel case closed',
}

const codes: Record<string, readonly Option[]> = { case_opened: originOptions, placement_reviewed: reviewOutcomes, placement_ended: endReasons, return_reviewed: returnOutcomes }

function what({ kind, code }: TimelineEntry): string {
  const said = words[kind] ?? capital(kind.replaceAll('_', ' '))
  return code ? `${said}: ${isDay(code) ? longDay(code) : named(codes[kind] ?? decisionKinds, code).toLowerCase()}` : said
}

// An entry of the panel as the timelines of pupil and case show it.
export function presentPanelEntry(entry: TimelineEntry, people: Map<string, string>, schools: Map<number, string>, linked: boolean): TimelineItem {
  return {
    what: what(entry),
    at: entry.at,
    by: actor(entry, people),
    school: schools.get(entry.urn) ?? '',
    figures: '',
    note: entry.note,
    link: linked ? { href: `/panel/cases/${entry.caseId}`, text: 'Open the panel case' } : undefined,
    trace: entry.traceId,
  }
}
