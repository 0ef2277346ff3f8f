import { checkboxes, dateInput, line, longText, radios, select } from '../components/forms'
import type { FieldErrors } from '../components/errors'
import type { Answers, Question } from './types'

// A number or a time: a box no wider than what goes in.
const shortest = 5

// A question as its component's arguments: views/partials/questions.njk draws it.
export function component(question: Question, answers: Answers, heading: boolean, errors: FieldErrors) {
  const value = answers[question.key] ?? ''
  const asked = { name: question.key, label: question.label, hint: question.hint, heading, errors }
  switch (question.kind) {
    case 'choice':
      return { kind: 'radios', args: radios(asked, [...question.options], value) }
    case 'select': {
      const args = select(question.key, question.label, [{ value: '', text: 'Choose' }, ...question.options], value, errors)
      return { kind: 'select', args: { ...args, label: { ...args.label, classes: 'govuk-label--m' }, hint: question.hint === undefined ? undefined : { text: question.hint } } }
    }
    case 'choices':
      return { kind: 'checkboxes', args: exclusive(checkboxes(asked, [...question.options], value.split(',')), question.alone) }
    case 'text':
      return { kind: 'text', args: longText(asked, value, question.limit) }
    case 'line':
      return { kind: 'line', args: { ...line(asked, value), ...(question.limit <= shortest && { classes: 'govuk-input--width-5' }) } }
    case 'date':
      return { kind: 'date', args: dateInput({ ...asked, hint: question.hint ?? 'For example, 9 11 2026' }, value) }
  }
}

// The option that goes with no other stands apart, after an "or".
function exclusive(args: ReturnType<typeof checkboxes>, alone: string | undefined) {
  if (!alone) return args
  const items = args.items.flatMap(item => (item.value === alone ? [{ divider: 'or' }, { ...item, behaviour: 'exclusive' as const }] : [item]))
  return { ...args, items }
}
