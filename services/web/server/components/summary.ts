import { escape } from './tables'

// Rows of govukSummaryList. Line breaks of what a person wrote are kept.
export interface Labelled {
  label: string
  value: string
}

export function summaryRow({ label, value }: Labelled) {
  return { key: { text: label }, value: { html: escape(value).replaceAll('\n', '<br>') } }
}

export function summaryRows(rows: readonly Labelled[]) {
  return rows.map(summaryRow)
}
