import type { CountedDay } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { brief, dayOfWeek } from '../../../text/dates'

// The count of a date as a small calendar: a row a week, Monday to Friday, and in words what was not counted and why.

export interface WorkingDay {
  // "28 Sep"
  day: string
  // Its number in the count; nothing when it was skipped.
  number?: number
  // The last day of the count: the date itself.
  last: boolean
}

export interface WorkingWeek {
  // "28 Sep"
  monday: string
  // Monday to Friday; nothing outside the count.
  days: (WorkingDay | undefined)[]
  // "Mon 26 to Fri 30 Oct: holiday, half term"
  skipped: string[]
}

function weekdayOf(iso: string): number {
  return (new Date(`${iso}T00:00:00Z`).getUTCDay() + 6) % 7
}

function mondayOf(iso: string): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) - weekdayOf(iso) * 86_400_000).toISOString().slice(0, 10)
}

function isWeekend(day: string): boolean {
  return weekdayOf(day) > 4
}

// Days that follow each other with the same reason, as one.
function runsOf(days: readonly CountedDay[]): { first: string; last: string; why: string }[] {
  const runs: { first: string; last: string; why: string }[] = []
  for (const { day, whySkipped } of days) {
    const run = runs.at(-1)
    if (run?.why === whySkipped) run.last = day
    else runs.push({ first: day, last: day, why: whySkipped })
  }
  return runs
}

function runWords({ first, last, why }: { first: string; last: string; why: string }): string {
  const days = first === last ? dayOfWeek(first) : `${dayOfWeek(first)} to ${dayOfWeek(last)}`
  return `${days}: ${why}`
}

function week(monday: string, days: readonly CountedDay[], last: string): WorkingWeek {
  const shown: WorkingWeek['days'] = Array.from({ length: 5 }, () => undefined)
  for (const { day, number } of days) {
    if (!isWeekend(day)) shown[weekdayOf(day)] = { day: brief(day), number: number > 0 ? number : undefined, last: day === last }
  }
  // Every weekend is skipped: said once above the table, not in each row. One that counts is said here.
  const weekday = days.filter(({ day, number }) => !isWeekend(day) && number === 0)
  const counted = days.filter(({ day, number }) => isWeekend(day) && number > 0).map(({ day, number }) => `${dayOfWeek(day)} is day ${number}`)
  return { monday: brief(monday), days: shown, skipped: [...runsOf(weekday).map(runWords), ...counted] }
}

export function presentWorking(days: readonly CountedDay[]): WorkingWeek[] {
  const last = days.findLast(({ number }) => number > 0)?.day ?? ''
  return [...Map.groupBy(days, ({ day }) => mondayOf(day))]
    .map(([monday, of]) => week(monday, of, last))
    .filter(({ days: shown, skipped }) => shown.some(Boolean) || skipped.length > 0)
}
