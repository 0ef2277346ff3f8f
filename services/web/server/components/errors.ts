// What is wrong with a form: the id of the field and what to do about it, in the order of the page. Several things are a line each.
export type FieldErrors = Record<string, string>

export function hasErrors(errors: FieldErrors): boolean {
  return Object.keys(errors).length > 0
}

export function errorSummary(errors: FieldErrors) {
  if (!hasErrors(errors)) return undefined
  return {
    titleText: 'There is a problem',
    errorList: Object.entries(errors).flatMap(([field, lines]) => lines.split('\n').map(text => ({ text, href: `#${field}` }))),
  }
}

// The argument that govuk components take beside a field.
export function errorMessage(errors: FieldErrors, field: string) {
  if (errors[field] === undefined) return undefined
  const [first = '', ...others] = errors[field].split('\n')
  return { text: others.length === 0 ? first : `${first}. The top of the page lists all ${others.length + 1} problems` }
}
