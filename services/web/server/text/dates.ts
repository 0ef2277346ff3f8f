// Dates as people in England write them. Days come as ISO dates and have no time zone; instants come as RFC 3339 and
// are shown in local time.

const zone = 'Europe/London'
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
const longWeekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
const instantDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone })
const instantTime = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: zone })
const localIsoDay = new Intl.DateTimeFormat('sv-SE', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone })

function parseDay(iso: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? undefined : date
}

export function isDay(iso: string): boolean {
  return parseDay(iso) !== undefined
}

function write(format: Intl.DateTimeFormat, iso: string): string {
  const date = parseDay(iso)
  return date ? format.format(date).replace(/\bSept\b/, 'Sep') : ''
}

// 24 November 2026
export function longDay(iso: string): string {
  return write(day, iso)
}

// Nov 2026
export function monthName(iso: string): string {
  return write(month, iso)
}

// 24 Nov
export function brief(iso: string): string {
  return write(shortDay, iso)
}

// Tue 24 Nov
export function dayOfWeek(iso: string): string {
  return write(weekday, iso).replace(',', '')
}

// Tuesday 24 November, with its year where it is another one than that of `beside`
export function fullWeekday(iso: string, beside = ''): string {
  const written = write(longWeekday, iso).replace(',', '')
  return written === '' || beside.slice(0, 4) === iso.slice(0, 4) ? written : `${written} ${iso.slice(0, 4)}`
}

// 24 November 2026 at 9:05am
export function dateTime(instant: string): string {
  const date = new Date(instant)
  if (instant === '' || Number.isNaN(date.getTime())) return ''
  return `${instantDay.format(date)} at ${instantTime.format(date).replace(/\s/g, '').toLowerCase()}`
}

// 24 November 2026, of an instant
export function dayOfInstant(instant: string): string {
  const date = new Date(instant)
  return instant === '' || Number.isNaN(date.getTime()) ? '' : instantDay.format(date)
}

// The day it is here, ISO.
export function today(now: number): string {
  return localIsoDay.format(new Date(now))
}

// Whole years between a birth date and a day.
export function ageOn(dateOfBirth: string, on: string): number | undefined {
  if (!isDay(dateOfBirth) || !isDay(on)) return undefined
  const years = Number(on.slice(0, 4)) - Number(dateOfBirth.slice(0, 4))
  return on.slice(5) < dateOfBirth.slice(5) ? years - 1 : years
}
