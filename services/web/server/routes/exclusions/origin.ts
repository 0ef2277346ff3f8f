import { dateTime } from '../../text/dates'
import { count } from '../../text/figures'

// Where an exclusion came from: the line of a file, or a page on which a person recorded it.

export interface Origin {
  importId: string
  importFile: string
  importRow: bigint
  recordedAt: string
  // Who recorded it or sent the file, where that is known.
  by?: string
}

// In a list.
export function originBrief({ importId, importFile, importRow, by }: Omit<Origin, 'recordedAt'>): string {
  if (importId === '') return by === undefined || by === '' ? 'Recorded on a page' : `Recorded by ${by}`
  return importFile === '' ? `Row ${count(importRow)} of a file` : `${importFile}, row ${count(importRow)}`
}

export function originWords({ importId, importFile, importRow, recordedAt, by }: Origin): string {
  const who = by === undefined || by === '' ? '' : `by ${by}`
  if (importId === '') return ['Recorded on a page', who, recordedAt && `on ${dateTime(recordedAt)}`].filter(Boolean).join(' ')
  return [`Row ${count(importRow)} of the file`, importFile || 'that brought it', recordedAt && `taken in on ${dateTime(recordedAt)}`, who].filter(Boolean).join(' ')
}
