import { pageView } from '../../../components/pageView'
import { summaryRows } from '../../../components/summary'
import { escape, tag, text, type Cell } from '../../../components/tables'
import { timeline } from '../../pupils/timeline/view'
import type { TimelineItem } from '../../pupils/timeline/presenter'
import type { ExclusionHeader } from '../header'
import { limitBars } from '../meaning/view'
import type { Meaning } from '../meaning/presenter'
import type { Fact } from './presenter'
import type { PanelLink } from './panel'
import type { PresentedStep } from './steps'
import type { WorkingDay, WorkingWeek } from './working'

function dayCell(day: WorkingDay | undefined): Cell {
  if (!day) return { html: '<span class="govuk-visually-hidden">Outside the count</span>' }
  const number = day.number === undefined ? '–<span class="govuk-visually-hidden"> not counted</span>' : `<strong><span class="govuk-visually-hidden">day </span>${day.number}</strong>`
  return { html: `<span class="app-working__day">${escape(day.day)}</span> ${number}`, classes: day.last ? 'app-working__last' : '' }
}

function workingTable(title: string, weeks: WorkingWeek[]) {
  const skips = weeks.some(({ skipped }) => skipped.length > 0)
  return {
    caption: `How the date was counted: ${title}`,
    captionClasses: 'govuk-visually-hidden',
    classes: 'app-working',
    firstCellIsHeader: true,
    head: ['Week of', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', ...(skips ? ['Not counted'] : [])].map(text),
    rows: weeks.map(({ monday, days, skipped }) => [text(monday), ...days.map(dayCell), ...(skips ? [{ html: skipped.map(escape).join('<br>') }] : [])]),
  }
}

function stepView(step: PresentedStep) {
  return { ...step, tag: tag(step.tag.text, step.tag.colour), working: step.working.length > 0 ? workingTable(step.title, step.working) : undefined }
}

export interface ClockPage {
  header: ExclusionHeader
  facts: Fact[]
  steps: PresentedStep[]
  notApplicable: { title: string; why: string }[]
  totals: Meaning['totals']
  // Nothing for those without a right to the panel, or while it does not answer.
  panel?: PanelLink
}

export function clockView({ header, facts, steps, notApplicable, totals, panel }: ClockPage) {
  const owed = steps.filter(({ tag: { text: state } }) => !['Done', 'Not needed any more'].includes(state))
  return {
    ...pageView(header.title, { back: header.back }),
    header,
    facts: summaryRows(facts),
    owed: owed.map(stepView),
    others: steps.filter(step => !owed.includes(step)).map(stepView),
    notApplicable,
    bars: limitBars({ totals }),
    elsewhere: totals?.elsewhere,
    panel,
  }
}

export interface DecidedPage {
  header: ExclusionHeader
  facts: Fact[]
  words: Fact[]
  hidden: boolean
  decisions: Fact[]
  actions: { href: string; text: string }[]
  further: { href: string; text: string }[]
}

export function decidedView({ header, facts, words, hidden, decisions, actions, further }: DecidedPage) {
  return {
    ...pageView(`What was decided: ${header.title}`, { back: header.back }),
    header,
    facts: summaryRows(facts),
    words: summaryRows(words),
    hidden,
    decisions: summaryRows(decisions),
    actions,
    further,
  }
}

export function historyView(header: ExclusionHeader, items: TimelineItem[]) {
  return { ...pageView(`History: ${header.title}`, { back: header.back }), header, empty: items.length === 0, timeline: timeline(items, 2) }
}
