// A believable small world for the pages: invented, deterministic, in memory.

export interface StubPupil {
  pupilId: string
  enrolmentId: string
  upn: string
  surname: string
  forename: string
  dateOfBirth: string
  sex: string
  yearGroup: string
  senProvision: string
  pupilPremium: boolean
  lookedAfter: boolean
  urn: number
  days: { day: string; am: string; pm: string }[]
}

export const schools = [
  { urn: 900001, laestab: 9994001, laCode: 999, name: 'Millbrook Community School', phase: 'State-funded secondary', type: 'Community school', status: 'open', headcount: 412, locality: 'North', laName: 'Demonstration Borough', postcode: 'ZZ1 1AA' },
  { urn: 900002, laestab: 9992002, laCode: 999, name: 'Abbey Lane Primary School', phase: 'State-funded primary', type: 'Community school', status: 'open', headcount: 208, locality: 'North', laName: 'Demonstration Borough', postcode: 'ZZ1 2BB' },
  { urn: 900003, laestab: 9994003, laCode: 999, name: 'St Oswald’s Church of England Academy with Sixth Form', phase: 'State-funded secondary', type: 'Academy converter', status: 'open', headcount: 655, locality: 'South', laName: 'Demonstration Borough', postcode: 'ZZ2 3CC' },
]

const surnames = ['Abbott', 'Ahmed', 'Baptiste', 'Chen', 'Clarke', 'Davies', 'Evans', 'Featherstonehaugh-Cholmondeley', 'Green', 'Hussain', 'Jones', 'Kaur', 'Lewis', 'Mensah', 'Nowak', "O'Connor", 'Patel', 'Quinn', 'Roberts', 'Smith']
const forenames = ['Aaliyah', 'Ben', 'Chloe', 'Dylan', 'Ella', 'Finn', 'Grace', 'Hamza', 'Isla', 'Jack', 'Kasia', 'Leo', 'Maisie', 'Noah', 'Olivia', 'Poppy', 'Rhys', 'Sofia', 'Tyler', 'Zara']

// A small linear congruential generator: the same world every time.
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

export const lastDay = '2026-11-20'

function schoolDays(): string[] {
  const days: string[] = []
  for (const date = new Date('2026-09-02T00:00:00Z'); date.toISOString().slice(0, 10) <= lastDay; date.setUTCDate(date.getUTCDate() + 1)) {
    const day = date.toISOString().slice(0, 10)
    const halfTerm = day >= '2026-10-26' && day <= '2026-10-30'
    if (date.getUTCDay() !== 0 && date.getUTCDay() !== 6 && !halfTerm && day !== '2026-11-13') days.push(day)
  }
  return days
}

const days = schoolDays()

function marks(next: () => number, absence: number) {
  return days.map(day => {
    const absent = next() < absence
    const code = absent ? (next() < 0.55 ? 'I' : next() < 0.5 ? 'O' : 'M') : ''
    return { day, am: code || (next() < 0.03 ? 'L' : '/'), pm: absent && next() < 0.9 ? code : next() < 0.01 ? '' : '\\' }
  })
}

function makePupil(urn: number, index: number, next: () => number): StubPupil {
  const primary = urn === 900002
  const year = primary ? 1 + (index % 6) : 7 + (index % 5)
  const absence = index % 17 === 3 ? 0.6 : index % 5 === 1 ? 0.14 + next() * 0.2 : next() * 0.08
  const number = String((urn % 100) * 1000 + index)
  return {
    pupilId: `pupil-${number}`,
    enrolmentId: `enrolment-${number}`,
    upn: `R2011000${number.padStart(5, '0')}`,
    surname: surnames[(index * 7) % surnames.length] ?? '',
    forename: forenames[(index * 3 + (urn % 10)) % forenames.length] ?? '',
    dateOfBirth: `${2026 - year - 5}-${String(1 + (index % 8)).padStart(2, '0')}-${String(1 + (index % 27)).padStart(2, '0')}`,
    sex: index % 2 ? 'F' : 'M',
    yearGroup: String(year),
    senProvision: index % 9 === 4 ? 'E' : index % 4 === 1 ? 'K' : 'N',
    pupilPremium: index % 3 === 1,
    lookedAfter: index % 29 === 7,
    urn,
    days: marks(next, absence),
  }
}

export function makePupils(): StubPupil[] {
  const next = random(7)
  return schools.flatMap(({ urn }) => Array.from({ length: urn === 900001 ? 64 : 20 }, (_, index) => makePupil(urn, index, next)))
}

const authorised = new Set(['C', 'C1', 'C2', 'E', 'I', 'J1', 'M', 'R', 'S', 'T'])
const unauthorised = new Set(['G', 'N', 'O', 'U'])

export function sumsOf(marked: StubPupil['days']) {
  const codes = marked.flatMap(({ am, pm }) => [am, pm]).filter(Boolean)
  const of = (set: Set<string>) => BigInt(codes.filter(code => set.has(code)).length)
  const possible = BigInt(codes.length)
  const sums = { possible, authorised: of(authorised), unauthorised: of(unauthorised) }
  return { ...sums, attended: possible - sums.authorised - sums.unauthorised }
}

export type StubSums = ReturnType<typeof sumsOf>

export function addSums(all: StubSums[]): StubSums {
  const total = { possible: 0n, attended: 0n, authorised: 0n, unauthorised: 0n }
  for (const sums of all) for (const key of Object.keys(total) as (keyof StubSums)[]) total[key] += sums[key]
  return total
}

export function isPersistent(sums: StubSums): boolean {
  return sums.possible > 0n && (sums.authorised + sums.unauthorised) * 10n >= sums.possible
}

export function isSevere(sums: StubSums): boolean {
  return sums.possible > 0n && (sums.authorised + sums.unauthorised) * 2n >= sums.possible
}

export function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}
