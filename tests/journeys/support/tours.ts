import type { Visitor } from './visitor'

// The main pages of each person, with a borough's data.
export const tours: Record<string, string[]> = {
  'Amara Osei': [
    '/',
    '/schools/900001',
    '/schools/900001/attendance',
    '/schools/900001/attendance?show=persistent&order=unauthorised',
    '/pupils?q=an',
    '/proposals',
    '/requests',
    '/imports',
    '/imports/new',
    '/figures',
    '/exclusions',
    '/exclusions/list',
    '/exclusions/drafts',
    '/exclusions/imports/new',
  ],
  'Priya Raman': ['/', '/schools', '/proposals', '/requests', '/exclusions', '/exclusions?show=late', '/exclusions/list'],
  'Daniel Kowalczyk': ['/', '/requests'],
  'Helen Whitmore': ['/', '/schools', '/proposals', '/exclusions', '/exclusions/trends', '/exclusions/trends?by=reason&period=term', '/exclusions/trends/cases?year=202526'],
  'Marcus Bell': ['/', '/pupils?q=an'],
}
const ofOnePupil = ['', '/marks', '/timeline']

// One of the most absent pupils of the school: a long history.
async function aPupil(visitor: Visitor): Promise<string> {
  await visitor.open('/schools/900001/attendance', /^Attendance of pupils/)
  const link = visitor.page.getByRole('table').getByRole('link').first()
  return new URL(await link.evaluate((a: HTMLAnchorElement) => a.href)).pathname
}

// Every page of a person, those of a pupil with a long history included.
export async function pagesOf(name: string, visitor: Visitor): Promise<string[]> {
  const pages = tours[name] ?? []
  if (name !== 'Amara Osei') return pages
  const pupil = await aPupil(visitor)
  return [...pages, ...ofOnePupil.map(tab => pupil + tab)]
}
