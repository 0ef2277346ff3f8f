import type { Option } from '../components/forms'

// Codes of providers of alternative provision and of returns to school in plain words.

export const weekdays: readonly Option[] = [
  { value: 'mon', text: 'Monday' },
  { value: 'tue', text: 'Tuesday' },
  { value: 'wed', text: 'Wednesday' },
  { value: 'thu', text: 'Thursday' },
  { value: 'fri', text: 'Friday' },
]

export const registrations: readonly Option[] = [
  { value: 'registered_school', text: 'Registered school', hint: 'A pupil referral unit, an alternative provision academy or free school' },
  { value: 'independent_school', text: 'Independent school' },
  { value: 'college', text: 'College' },
  { value: 'unregistered', text: 'Not registered', hint: 'It teaches part time only' },
]

export const checkKinds: readonly Option[] = [
  { value: 'safeguarding', text: 'Safeguarding' },
  { value: 'staff_checks', text: 'Checks of staff' },
  { value: 'premises', text: 'Premises' },
  { value: 'curriculum', text: 'Curriculum' },
  { value: 'attendance_reporting', text: 'Reporting of attendance' },
  { value: 'visit', text: 'Visit' },
]

export const checkOutcomes: readonly (Option & { colour: string })[] = [
  { value: 'met', text: 'Met', colour: 'green' },
  { value: 'partly_met', text: 'Partly met', colour: 'yellow' },
  { value: 'not_met', text: 'Not met', colour: 'red' },
]

export const reviewOutcomes: readonly Option[] = [
  { value: 'continue', text: 'Continue' },
  { value: 'extend', text: 'Extend' },
  { value: 'ready_to_return', text: 'Ready to return' },
  { value: 'not_working', text: 'Not working' },
]

export const endReasons: readonly Option[] = [
  { value: 'returned_to_school', text: 'Back at the school' },
  { value: 'new_school', text: 'Goes to another school' },
  { value: 'post_16', text: 'Further education' },
  { value: 'broke_down', text: 'It broke down' },
  { value: 'moved_away', text: 'Moved away' },
  { value: 'other', text: 'Another reason' },
]

export const returnOutcomes: readonly Option[] = [
  { value: 'going_well', text: 'Going well' },
  { value: 'needs_more', text: 'Needs more support' },
  { value: 'held', text: 'The return has held: this is the last review' },
  { value: 'broke_down', text: 'The return broke down' },
]

// "£412.50 a week"
export function costWords(pence: bigint): string {
  return `£${(Number(pence) / 100).toFixed(2)} a week`
}

// Pounds as people type them, as pence; undefined when they are none.
export function penceOf(typed: string): bigint | undefined {
  const match = /^£?\s*(\d{1,5})(?:\.(\d{2}))?$/.exec(typed.replaceAll(',', '').trim())
  return match ? BigInt(Number(match[1]) * 100 + Number(match[2] ?? 0)) : undefined
}

// "Monday, Tuesday and Friday"; "every day"
export function daysWords(days: readonly string[]): string {
  const names = weekdays.filter(({ value }) => days.includes(value)).map(({ text }) => text)
  if (names.length === weekdays.length) return 'Every day'
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
