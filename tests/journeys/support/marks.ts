import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { exported, readCsv, run, type Row } from './environment'

export interface Day {
  date: string
  am: string
  pm: string
}

// How a pupil who is near the line is brought over it: the days to be marked as ill, and what is then known.
export interface Plan {
  upn: string
  days: Day[]
  // The day without which the line is not crossed.
  deciding: Day
  // As they were before.
  before: Day[]
  // On the day the line is crossed.
  crossing: { date: string; possible: number; absent: number }
}

const attended = '/\\L'
const absent = 'IMCOUGN'
const fewestPossible = 20

function missed({ am, pm }: Day): number {
  return [am, pm].filter(code => absent.includes(code)).length
}

// Only days whose two sessions are possible: every code here counts as attended or as absent.
function isPlain({ am, pm }: Day): boolean {
  return [am, pm].every(code => code !== '' && (attended + absent).includes(code))
}

function isAttended({ am, pm }: Day): boolean {
  return attended.includes(am) && attended.includes(pm)
}

// The first day by which a tenth of at least 20 possible sessions is missed.
function findCrossing(days: Day[]): Plan['crossing'] | undefined {
  let missedSoFar = 0
  for (const [index, day] of days.entries()) {
    missedSoFar += missed(day)
    const possible = 2 * (index + 1)
    if (possible >= fewestPossible && missedSoFar * 10 >= possible) return { date: day.date, possible, absent: missedSoFar }
  }
  return undefined
}

// Marks the latest attended days as ill, one by one, until the line is crossed.
function planFor(upn: string, days: Day[]): Plan | undefined {
  if (!days.every(isPlain) || findCrossing(days)) return undefined
  const now = [...days]
  for (let at = days.length - 1; at >= 0; at -= 1) {
    const day = days[at] as Day
    if (!isAttended(day)) continue
    const deciding = { ...day, am: 'I', pm: 'I' }
    now[at] = deciding
    const crossing = findCrossing(now)
    if (!crossing) continue
    const changed = now.filter((one, index) => one !== days[index])
    return { upn, days: changed, deciding, before: days.filter((one, index) => one !== now[index]), crossing }
  }
  return undefined
}

async function demoFile(name: string): Promise<Row[]> {
  return readCsv(await readFile(join(run, 'demo', name), 'utf8'))
}

// What the borough's files say of a school, by UPN and in the order of days: registers with their amendments.
async function marksOf(urn: number): Promise<Map<string, Day[]>> {
  const marks = new Map<string, Map<string, Day>>()
  for (const { upn = '', date = '', am = '', pm = '' } of await demoFile(`registers/${urn}.csv`)) {
    if (!marks.has(upn)) marks.set(upn, new Map())
    marks.get(upn)?.set(date, { date, am, pm })
  }
  for (const { upn = '', date = '', session, code = '' } of await demoFile('amendments.csv')) {
    const day = marks.get(upn)?.get(date)
    if (day) day[session === 'AM' ? 'am' : 'pm'] = code
  }
  return new Map([...marks].map(([upn, days]) => [upn, [...days.values()].sort((one, other) => one.date.localeCompare(other.date))]))
}

// Pupils of a school who are near the line and whose figures in Pathways still are those of the borough's files: so
// nothing that happened to them earlier, in this run or another, is in the way. Fewest days to change first.
export async function pupilsNearTheLine(urn: number): Promise<Plan[]> {
  const [marks, sums, crossings] = await Promise.all([marksOf(urn), exported('attendance', '--level', 'pupil'), exported('crossings')])
  const crossed = new Set(crossings.map(({ upn }) => upn))
  const figures = new Map(sums.filter(row => row.urn === String(urn)).map(row => [row.upn, row]))
  return [...marks]
    .filter(([upn, days]) => {
      const now = figures.get(upn)
      const total = days.reduce((sum, day) => sum + missed(day), 0)
      return !crossed.has(upn) && Number(now?.sess_possible) === 2 * days.length && Number(now?.sess_overall) === total
    })
    .flatMap(([upn, days]) => planFor(upn, days) ?? [])
    .filter(plan => plan.days.length >= 2)
    .sort((one, other) => one.days.length - other.days.length || one.upn.localeCompare(other.upn))
}

// A register of one school, one row a day.
export function register(rows: { upn: string; day: Day }[]): string {
  return stringify(rows.map(({ upn, day }) => ({ upn, ...day })), { header: true, columns: ['upn', 'date', 'am', 'pm'], record_delimiter: '\r\n' })
}
