import type { ImportReport } from '../../../../gen/pathways/common/v1/import_pb'
import { count, plural } from '../../../text/figures'
import { headline } from '../presenter'

export interface Outcome {
  headline: string
  counts: { label: string; value: string }[]
  problems: { row: string; column: string; value: string; reason: string; advice: string }[]
  moreProblems: string
  notes: string[]
  asksForDates: boolean
}

export function presentOutcome(report: ImportReport, records = 'Marks'): Outcome {
  const more = Number(report.problemCount) - report.problems.length
  return {
    headline: headline(report),
    counts: [
      { label: 'Rows in the file', value: count(report.rowsRead) },
      { label: 'Rows that are good', value: count(report.rowsGood) },
      { label: 'Rows refused', value: count(report.rowsRefused) },
      { label: `${records} new`, value: count(report.recordsNew) },
      { label: `${records} ${records === 'Marks' ? 'corrected' : 'changed'}`, value: count(report.recordsChanged) },
      { label: `${records} already known`, value: count(report.recordsUnchanged) },
    ],
    problems: report.problems.map(problem => ({
      row: problem.row > 0n ? count(problem.row) : 'Whole file',
      column: problem.column,
      value: problem.value,
      reason: problem.reason,
      advice: problem.advice,
    })),
    moreProblems: more > 0 ? `${plural(more, 'more problem')} ${more === 1 ? 'is' : 'are'} in the file of refused rows.` : '',
    notes: report.notes,
    asksForDates: report.problems.some(({ code }) => code === 'dates_ambiguous'),
  }
}

export interface Progress {
  text: string
  percent?: number
  // Changes only with each quarter: it is read aloud.
  announced: string
}

export function presentProgress(report: ImportReport): Progress {
  const total = Number(report.totalBytes)
  const percent = total > 0 ? Math.min(100, Math.floor((Number(report.bytesReceived) * 100) / total)) : undefined
  const quarter = percent === undefined ? '' : `${Math.floor(percent / 25) * 25}% received.`
  return {
    text: `${plural(report.rowsRead, 'row')} read, ${count(report.rowsRefused)} refused so far.`,
    percent,
    announced: ['The file is being checked.', quarter].filter(Boolean).join(' '),
  }
}
