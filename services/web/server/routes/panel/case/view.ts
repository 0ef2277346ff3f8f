import { pageView } from '../../../components/pageView'
import { summaryRows, type Labelled } from '../../../components/summary'
import { escape, link, tag, text } from '../../../components/tables'
import type { TimelineItem } from '../../pupils/timeline/presenter'
import { timeline } from '../../pupils/timeline/view'
import type { CaseHeader } from '../header'
import type { FairAccessView } from './fairAccess'
import type { ActionRow, PlacementRow, PresentedDecision } from './presenter'

export interface CasePage {
  header: CaseHeader
  facts: Labelled[]
  missing: readonly string[]
  complete: boolean
  decisions: PresentedDecision[]
  placements: PlacementRow[]
  actions: ActionRow[]
  // What this person may do next.
  further: { href: string; text: string }[]
  mayComplete: boolean
  fairAccess?: FairAccessView
  notLoaded: string
}

export function placementsTable(rows: PlacementRow[]) {
  return {
    caption: 'Placements',
    captionClasses: 'govuk-visually-hidden',
    head: ['Where', 'State', 'First day', 'Next review'].map(text),
    rows: rows.map(row => [link(`/panel/placements/${row.placementId}`, row.name), { html: tag(row.state.text, row.state.colour) }, text(row.start), text(row.review)]),
  }
}

export function caseView({ header, facts, missing, complete, decisions, placements, actions, further, mayComplete, fairAccess, notLoaded }: CasePage) {
  return {
    ...pageView(header.title, { back: header.back }),
    header,
    facts: summaryRows(facts),
    lacking: missing,
    complete,
    decisions: decisions.map(one => ({ ...one, facts: summaryRows(one.facts) })),
    placements: placements.length > 0 ? placementsTable(placements) : undefined,
    actions: actions.map(one => ({ ...one, tag: one.done ? tag('Done', 'green') : one.overdue ? tag('Overdue', 'red') : '' })),
    further,
    mayComplete,
    fairAccess,
    missing: notLoaded,
  }
}

export interface WrittenPage {
  header: CaseHeader
  sections: { title: string; complete: boolean; rows: object[] }[]
  facts: Labelled[]
  hidden: boolean
}

export function writtenView({ header, sections, facts, hidden }: WrittenPage) {
  return {
    ...pageView(`What is written: ${header.title}`, { back: header.back }),
    header,
    hidden,
    sections: sections.map(one => ({ ...one, tag: one.complete ? tag('Complete', 'green') : tag('Something is missing', 'yellow') })),
    facts: summaryRows(facts),
  }
}

export function historyView(header: CaseHeader, items: TimelineItem[]) {
  return { ...pageView(`History: ${header.title}`, { back: header.back }), header, empty: items.length === 0, timeline: timeline(items, 2) }
}

export function lines(parts: readonly string[]): string {
  return parts.map(escape).join('<br>')
}
