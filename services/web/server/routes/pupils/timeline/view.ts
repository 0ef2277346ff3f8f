import { pageView } from '../../../components/pageView'
import { pagination, type Paging } from '../../../components/pagination'
import type { Query } from '../../../components/query'
import { escape } from '../../../components/tables'
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
      datetime: { timestamp: item.at, type: 'datetime' },
      html: body(item),
    })),
  }
}

export function timelineView(pupil: PupilHeader, items: TimelineItem[], query: Query, paging: Paging, nextToken: string) {
  return {
    ...pageView(`Timeline of ${pupil.name}`, { back: pupil.back }),
    pupil,
    empty: items.length === 0,
    timeline: timeline(items, 3),
    pagination: pagination(`/pupils/${pupil.pupilId}/timeline`, query, paging, nextToken),
  }
}
