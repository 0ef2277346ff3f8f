// Codes of the field in plain words.

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function yearGroup(code: string): string {
  const named: Record<string, string> = { R: 'Reception', N1: 'Nursery 1', N2: 'Nursery 2', X: 'No year group' }
  return named[code] ?? (code === '' ? 'not recorded' : `Year ${code}`)
}

export const yearGroups = ['N1', 'N2', 'R', ...Array.from({ length: 14 }, (_, index) => String(index + 1)), 'X']

export function senProvision(code: string): string {
  const named: Record<string, string> = {
    N: 'No special educational need recorded',
    K: 'SEN support',
    E: 'Education, health and care plan',
  }
  return named[code] ?? 'not recorded'
}

export function sex(code: string): string {
  return { M: 'Male', F: 'Female', U: 'Not recorded' }[code] ?? 'not recorded'
}

export function yesNo(value: boolean): string {
  return value ? 'Yes' : 'No'
}

export function fullName(person: { forename: string; surname: string }): string {
  return `${person.forename} ${person.surname}`
}

// For lists that are sorted by surname.
export function listName(person: { forename: string; surname: string }): string {
  return `${person.surname}, ${person.forename}`
}

export const crossingWords: Record<string, string> = {
  persistent: 'Persistently absent',
  severe: 'Severely absent',
  recovered_persistent: 'No longer persistently absent',
  recovered_severe: 'No longer severely absent',
  unauthorised_10_in_10_weeks: '10 unauthorised sessions in 10 school weeks',
}

export function crossing(kind: string): string {
  return crossingWords[kind] ?? kind.replaceAll('_', ' ')
}

export const crossingMeaning: Record<string, string> = {
  persistent: 'They have missed 10% or more of the sessions that were possible for them this academic year.',
  severe: 'They have missed 50% or more of the sessions that were possible for them this academic year.',
  unauthorised_10_in_10_weeks: 'They have 10 or more sessions of unauthorised absence within 10 school weeks.',
}

const breakdownTopics: Record<string, string> = {
  sen_provision: 'Special educational needs',
  pupil_premium: 'Pupil premium',
  sex: 'Sex',
  year_group: 'Year group',
  looked_after: 'Looked after',
}

export function breakdownTopic(topic: string): string {
  return breakdownTopics[topic] ?? topic.replaceAll('_', ' ')
}

export function breakdown(topic: string, value: string): string {
  if (topic === 'year_group') return yearGroup(value)
  if (topic === 'sen_provision') return senProvision(value)
  if (topic === 'sex') return sex(value)
  return { Y: 'Yes', N: 'No', true: 'Yes', false: 'No' }[value] ?? value
}
