// What is wrong with a form: the id of the field and what to do about it, in the order of the page.
export type FieldErrors = Record<string, string>

export function hasErrors(errors: FieldErrors): boolean {
  return Object.keys(errors).length > 0
}

export function errorSummary(errors: FieldErrors) {
  if (!hasErrors(errors)) return undefined
  return {
    titleText: 'There is a problem',
    errorList: Object.entries(errors).map(([field, text]) => ({ text, href: `#${field}` })),
  }
}

// The argument that govuk components take beside a field.
export function errorMessage(errors: FieldErrors, field: string) {
  return errors[field] === undefined ? undefined : { text: errors[field] }
}
