import { errorMessage, type FieldErrors } from './errors'

export interface Option {
  value: string
  text: string
  hint?: string
}

// Arguments of govukSelect.
export function select(name: string, label: string, options: Option[], chosen: string, errors: FieldErrors = {}) {
  return {
    id: name,
    name,
    label: { text: label },
    items: options.map(({ value, text }) => ({ value, text, selected: value === chosen })),
    errorMessage: errorMessage(errors, name),
  }
}

// Arguments of govukInput for a day in a filter: ISO in the address, the browser's own picker on the page.
export function dayFilter(name: string, label: string, value: string, errors: FieldErrors = {}) {
  return { id: name, name, type: 'date', label: { text: label }, value, classes: 'govuk-input--width-10', errorMessage: errorMessage(errors, name) }
}

interface Choice {
  value?: string
  text?: string
  hint?: { text: string }
  checked?: boolean
  divider?: string
  behaviour?: 'exclusive'
}

function choiceItems(options: Option[], chosen: readonly string[]): Choice[] {
  return options.map(({ value, text, hint }) => ({
    value,
    text,
    hint: hint === undefined ? undefined : { text: hint },
    checked: chosen.includes(value),
  }))
}

interface Asked {
  name: string
  label: string
  hint?: string
  // The question is the page's heading.
  heading?: boolean
  errors?: FieldErrors
}

function legend({ label, heading }: Asked) {
  return { legend: { text: label, isPageHeading: heading, classes: heading ? 'govuk-fieldset__legend--l' : 'govuk-fieldset__legend--m' } }
}

function common(asked: Asked) {
  return {
    idPrefix: asked.name,
    name: asked.name,
    fieldset: legend(asked),
    hint: asked.hint === undefined ? undefined : { text: asked.hint },
    errorMessage: errorMessage(asked.errors ?? {}, asked.name),
  }
}

// Arguments of govukRadios.
export function radios(asked: Asked, options: Option[], chosen: string, inline = false) {
  return { ...common(asked), classes: inline ? 'govuk-radios--inline' : '', items: choiceItems(options, [chosen]) }
}

// Arguments of govukCheckboxes.
export function checkboxes(asked: Asked, options: Option[], chosen: readonly string[]) {
  return { ...common(asked), items: choiceItems(options, chosen) }
}

function labelled(asked: Asked) {
  return {
    id: asked.name,
    name: asked.name,
    label: {
      text: asked.label,
      isPageHeading: asked.heading,
      classes: asked.heading ? 'govuk-label--l' : 'govuk-label--m',
    },
    hint: asked.hint === undefined ? undefined : { text: asked.hint },
    errorMessage: errorMessage(asked.errors ?? {}, asked.name),
  }
}

// Arguments of govukCharacterCount.
export function longText(asked: Asked, value: string, limit: number) {
  return { ...labelled(asked), value, rows: limit > 1000 ? 8 : 5, maxlength: limit, threshold: 75 }
}

// Arguments of govukInput.
export function line(asked: Asked, value: string) {
  return { ...labelled(asked), value, spellcheck: false, classes: 'govuk-!-width-two-thirds', autocomplete: 'off' }
}

// Arguments of govukDateInput. `value` is ISO, or what was typed, joined by hyphens, when it is no date.
export function dateInput(asked: Asked, value: string) {
  const [year = '', month = '', day = ''] = value.split('-')
  const wrong = asked.errors?.[asked.name] !== undefined ? ' govuk-input--error' : ''
  // The first box carries the question's own id: that is where the error summary leads.
  const part = (name: string, width: number, shown: string) => ({
    id: name === 'day' ? asked.name : `${asked.name}-${name}`,
    name,
    label: name.charAt(0).toUpperCase() + name.slice(1),
    value: shown.replace(/^0/, ''),
    classes: `govuk-input--width-${width}${wrong}`,
  })
  return {
    ...common(asked),
    id: `${asked.name}-group`,
    namePrefix: asked.name,
    items: [part('day', 2, day), part('month', 2, month), part('year', 4, year)],
  }
}

// Text is measured as browsers measure it: UTF-16 units, one for a line break.
export function lengthOf(value: string): number {
  return value.replaceAll('\r\n', '\n').length
}
