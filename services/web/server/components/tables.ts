// Cells of govukTable.
export interface Cell {
  text?: string
  html?: string
  format?: 'numeric'
  classes?: string
}

export function text(value: string): Cell {
  return { text: value }
}

export function number(value: string): Cell {
  return { text: value, format: 'numeric' }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function escape(value: string): string {
  return value.replace(/[&<>"']/g, character => entities[character] ?? character)
}

// A link whose visible text may be completed for those who hear it out of its row.
export function link(target: string, value: string, hidden = ''): Cell {
  const more = hidden === '' ? '' : `<span class="govuk-visually-hidden"> ${escape(hidden)}</span>`
  return { html: `<a class="govuk-link" href="${escape(target)}">${escape(value)}${more}</a>` }
}

export function tag(value: string, colour?: string): string {
  return `<strong class="govuk-tag${colour ? ` govuk-tag--${colour}` : ''}">${escape(value)}</strong>`
}
