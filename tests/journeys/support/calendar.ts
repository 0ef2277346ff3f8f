import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCsv, run, type Row } from './environment'

// The school days of a demonstration school, and the plainest count over them: what the clock says is held against this.

export class SchoolDays {
  readonly #entries: Row[]

  private constructor(entries: Row[]) {
    this.#entries = entries
  }

  static async of(urn: number): Promise<SchoolDays> {
    const entries = readCsv(await readFile(join(run, 'demo', 'calendar.csv'), 'utf8'))
    return new SchoolDays(entries.filter(entry => entry.urn === '' || entry.urn === String(urn)))
  }

  isOpen(day: string): boolean {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    const on = this.#entries.filter(({ from, to }) => (from ?? '') <= day && day <= (to ?? ''))
    return weekday !== 0 && weekday !== 6 && on.some(({ kind }) => kind === 'term') && on.every(({ kind }) => kind === 'term')
  }

  // The first school day on or after a day.
  from(day: string): string {
    let found = day
    while (!this.isOpen(found)) found = next(found)
    return found
  }

  // The n-th school day before a day.
  before(day: string, n: number): string {
    let found = day
    for (let left = n; left > 0; left -= 1) do found = addDays(found, -1)
    while (!this.isOpen(found))
    return found
  }

  // The n-th school day later than a day.
  after(day: string, n: number): string {
    let found = day
    for (let left = n; left > 0; left -= 1) found = this.from(next(found))
    return found
  }
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 24 * 60 * 60_000).toISOString().slice(0, 10)
}

function next(day: string): string {
  return addDays(day, 1)
}

export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(new Date())
}

// "Tuesday 6 October", as pages write a day of this year.
export function inWords(day: string): string {
  const words = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)).replace(',', '')
  return day.slice(0, 4) === today().slice(0, 4) ? words : `${words} ${day.slice(0, 4)}`
}
