import { pageView } from '../../../components/pageView'
import { href, type Query } from '../../../components/query'
import { escape } from '../../../components/tables'
import { writePosition, type Position } from '../../../services/merged'
import { listed } from '../../../text/figures'
import type { PupilHeader } from '../pupilHeader'
import type { TimelineItem } from './presenter'

function body(item: TimelineItem): string {
  const parts = [item.school, item.figures].filter(Boolean).map(part => `<p class="govuk-body govuk-!-margin-bottom-1">${escape(part)}</p>`)
  if (item.note) parts.push(`<p class="govuk-body govuk-!-margin-bottom-1 app-pre">“${escape(item.note)}”</p>`)
  if (item.link) {
    parts.push(
      `<p class="govuk-body govuk-!-margin-bottom-1"><a class="govuk-link" href="${escape(item.link.href)}">${item.link.text}<span class="govuk-visually-hidden">: ${escape(item.what)}</span></a></p>`,
    )
  }
  if (item.trace) parts.push(`<p class="govuk-body-s app-muted app-break">Trace ${escape(item.trace)}</p>`)
  return parts.join('')
}

// Arguments of mojTimeline.
export function timeline(items: TimelineItem[], headingLevel: number) {
  return {
    headingLevel,
    items: items.map(item => ({
      label: { text: item.what },
      byline: { text: item.by },
      datetime: { timestamp: item.at, type: item.dayOnly ? 'date' : 'datetime' },
      html: body(item),
    })),
  }
}

export function timelineView(pupil: PupilHeader, items: TimelineItem[], query: Query, next: Position<string> | undefined, missing: readonly string[]) {
  const path = `/pupils/${pupil.pupilId}/timeline`
  return {
    ...pageView(`Timeline of ${pupil.name}`, { back: pupil.back }),
    pupil,
    empty: items.length === 0,
    missing: listed(missing),
    timeline: timeline(items, 3),
    first: query.position ? href(path, { from: query.from }) : undefined,
    next: next && href(path, { from: query.from, position: writePosition(next) }),
  }
}
