import { ImportState, type ImportReport } from '../../../gen/pathways/common/v1/import_pb'
import { brief, dateTime, longDay } from '../../text/dates'
import { count, plural } from '../../text/figures'

export interface ImportSummary {
  importId: string
  fileName: string
  school: string
  by: string
  started: string
  days: string
  state: { text: string; colour: string }
  over: boolean
  rowsRead: string
  rowsGood: string
  rowsRefused: string
}

const states: Record<ImportState, { text: string; colour: string }> = {
  [ImportState.UNSPECIFIED]: { text: 'Starting', colour: 'blue' },
  [ImportState.CHECKING]: { text: 'Checking', colour: 'blue' },
  [ImportState.COMMITTING]: { text: 'Saving', colour: 'blue' },
  [ImportState.DONE]: { text: 'Done', colour: 'green' },
  [ImportState.DONE_WITH_REFUSALS]: { text: 'Done, some rows refused', colour: 'yellow' },
  [ImportState.REFUSED]: { text: 'Refused', colour: 'red' },
  [ImportState.INTERRUPTED]: { text: 'Interrupted', colour: 'red' },
}

export function isOver(state: ImportState): boolean {
  return [ImportState.DONE, ImportState.DONE_WITH_REFUSALS, ImportState.REFUSED, ImportState.INTERRUPTED].includes(state)
}

function days({ firstDay, lastDay }: ImportReport): string {
  if (!firstDay) return ''
  if (firstDay === lastDay) return longDay(firstDay)
  return `${firstDay.slice(0, 4) === lastDay.slice(0, 4) ? brief(firstDay) : longDay(firstDay)} to ${longDay(lastDay)}`
}

export function presentImport(report: ImportReport, schools: Map<number, string>, people: Map<string, string>): ImportSummary {
  return {
    importId: report.importId,
    fileName: report.fileName,
    school: schools.get(report.urn) ?? 'Several schools',
    by: people.get(report.personId) ?? '',
    started: dateTime(report.startedAt),
    days: days(report),
    state: states[report.state] ?? states[ImportState.UNSPECIFIED],
    over: isOver(report.state),
    rowsRead: count(report.rowsRead),
    rowsGood: count(report.rowsGood),
    rowsRefused: count(report.rowsRefused),
  }
}

// What came of an import in a sentence, for the top of its page.
export function headline(report: ImportReport): string {
  switch (report.state) {
    case ImportState.DONE:
      return report.recordsNew + report.recordsChanged === 0n
        ? 'Every row was already in Pathways: nothing has changed'
        : report.rowsGood === 1n
          ? 'The 1 row of the file is in Pathways'
          : `All ${plural(report.rowsGood, 'row')} are in Pathways`
    case ImportState.DONE_WITH_REFUSALS:
      return `${plural(report.rowsGood, 'row')} kept, ${count(report.rowsRefused)} refused`
    case ImportState.REFUSED:
      return 'The file was refused: nothing has changed'
    case ImportState.INTERRUPTED:
      return 'The import was interrupted: nothing has changed. Send the file again'
    default:
      return 'The file is being checked'
  }
}
