import { pageView } from '../../../components/pageView'
import { href } from '../../../components/query'
import { tag, text } from '../../../components/tables'
import type { ImportKind } from '../kinds'
import type { ImportSummary } from '../presenter'
import type { Outcome, Progress } from './presenter'
import { summaryRows } from '../../../components/summary'

function back({ path, words }: ImportKind) {
  return { href: path, text: words.plural }
}

export function progressView(kind: ImportKind, summary: ImportSummary, progress: Progress) {
  return { ...pageView('The file is being checked', { back: back(kind) }), list: back(kind), file: summary.fileName, progress }
}

export function waitingView(kind: ImportKind) {
  const progress: Progress = { text: 'The file has arrived and is about to be checked.', announced: 'The file has arrived.' }
  return { ...pageView('The file is being checked', { back: back(kind) }), list: back(kind), file: '', progress }
}

export function failedView(kind: ImportKind, said: string[]) {
  return { ...pageView('The file was refused: nothing has changed', { back: back(kind) }), said, againHref: `${kind.path}/new` }
}

export function outcomeView(kind: ImportKind, summary: ImportSummary, outcome: Outcome, urn: number) {
  const facts = [
    { label: 'File', value: summary.fileName },
    { label: 'School', value: summary.school },
    { label: 'Days', value: summary.days },
    { label: 'Sent', value: [summary.started, summary.by].filter(Boolean).join(' by ') },
    ...outcome.counts,
  ].filter(({ value }) => value !== '')
  const fileRefused = outcome.problems.some(({ row }) => row === 'Whole file')
  return {
    ...pageView(outcome.headline, { back: back(kind) }),
    stateTag: tag(summary.state.text, summary.state.colour),
    facts: summaryRows(facts),
    notes: outcome.notes,
    problems: {
      caption: fileRefused ? 'What is wrong' : 'Rows that could not be used',
      captionClasses: 'govuk-table__caption--m',
      head: ['Row', 'Column', 'Value', 'What is wrong', 'What to do'].map(text),
      rows: outcome.problems.map(problem => [
        { text: problem.row, classes: 'app-nowrap' },
        text(problem.column),
        { text: problem.value, classes: 'app-break' },
        text(problem.reason),
        text(problem.advice),
      ]),
    },
    moreProblems: outcome.moreProblems,
    refusedHref: outcome.problems.length > 0 && !fileRefused ? `${kind.path}/${summary.importId}/refused.csv` : undefined,
    againHref: href(`${kind.path}/new`, { urn: urn > 0 ? String(urn) : undefined, dates: outcome.asksForDates ? 'ask' : undefined }),
    asksForDates: outcome.asksForDates,
    see: urn > 0 ? { href: kind.seeHref(urn), text: kind.words.seeText } : undefined,
  }
}
