import type { Draft } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { Kind } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { limitBar, termLimits, yearLimits } from '../../../charts/limits'
import type { FieldErrors } from '../../../components/errors'
import { checkboxes } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { summaryRows } from '../../../components/summary'
import { link, text } from '../../../components/tables'
import { questionKey } from '../../../exclusionForm/facts'
import type { Pages } from '../../../requestForm/types'
import { schoolDays } from '../../../text/exclusions'
import { pageHref } from '../draft/form'
import type { Meaning } from './presenter'

export const seen = 'seen'

// The page of the form on which a field is asked.
export function pageOfField(form: Pages, draftId: string, field: string, kind: Kind): string {
  const key = questionKey(field, kind)
  const page = form.pages.find(({ questions }) => questions.some(question => question.key === key))
  if (page) return `${pageHref(draftId, page.slug)}?from=check#${key}`
  return pageHref(draftId, key === 'warnings_seen' ? 'meaning' : '')
}

export function limitBars({ totals }: Pick<Meaning, 'totals'>) {
  if (!totals) return []
  return [
    limitBar('term', 'School days in this term', totals.term.before, totals.term.after, termLimits),
    limitBar('year', 'School days in this school year', totals.year.before, totals.year.after, yearLimits),
  ]
}

function tables({ clock, earlier }: Meaning) {
  return {
    clock: {
      caption: 'What would be due',
      captionClasses: 'govuk-visually-hidden',
      head: ['What', 'When', 'By whom'].map(text),
      rows: clock.map(step => [text(step.what), text(step.when), text(step.owner)]),
    },
    earlier: {
      caption: 'Earlier exclusions that count',
      captionClasses: 'govuk-visually-hidden',
      head: ['First day', 'Kind', 'Length', 'Reasons', 'State'].map(text),
      rows: earlier.map(one => [link(`/exclusions/${one.exclusionId}`, one.start), text(one.kind), text(one.length), text(one.reasons), text(one.state)]),
    },
  }
}

export function meaningView(draft: Draft, form: Pages, pupil: string, meaning: Meaning, errors: FieldErrors) {
  const { draftId, facts } = draft
  const kind = facts?.kind ?? Kind.UNSPECIFIED
  const read = 'The head teacher has read this and goes on'
  return {
    ...pageView('What this would mean', { back: { href: pageHref(draftId, 'evidence'), text: 'Back' }, errors }),
    caption: `Suspension or exclusion: ${pupil}`,
    action: pageHref(draftId, 'meaning'),
    version: String(draft.version),
    problems: meaning.problems.map(({ field, words }) => ({ text: words, href: pageOfField(form, draftId, field, kind) })),
    warnings: meaning.warnings,
    refuses: meaning.refuses,
    changeHref: pageHref(draftId, 'dates'),
    span: summaryRows(meaning.span),
    bars: limitBars(meaning),
    elsewhere: meaning.totals?.elsewhere,
    otherTerm: meaning.totals?.otherTerm ? `It runs over two terms: ${schoolDays(meaning.totals.otherTerm)} of it are in the first.` : '',
    ...tables(meaning),
    seen: meaning.mustBeSeen ? checkboxes({ name: seen, label: 'Before you go on', errors }, [{ value: 'yes', text: read }], facts?.warningsSeen ? ['yes'] : []) : undefined,
  }
}
