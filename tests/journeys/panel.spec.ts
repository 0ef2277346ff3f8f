import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { SchoolDays, inWords, today } from './support/calendar'
import { readCsv, run, type Row } from './support/environment'
import { Visitor } from './support/visitor'

// A permanent exclusion goes to the panel by itself; the school says what it knows; clerk, chair and a provider do the rest, until
// the pupil is there. Each test goes on where the one before ended.

const urn = 900001
const next = 'Save and continue'

let school: Visitor
let officer: Visitor
let clerk: Visitor
let chair: Visitor
let member: Visitor
let provider: Visitor
let manager: Visitor
let days: SchoolDays
let first: string
let pupil: { upn: string; id: string; name: string; listed: string }
let exclusionPath: string
let casePath: string
let reference: string
let roomPath: string

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser, javaScriptEnabled }) => {
  const enter = (name: string) => Visitor.signIn(browser, name, javaScriptEnabled ?? true)
  school = await enter('Amara Osei')
  officer = await enter('Priya Raman')
  clerk = await enter('Naomi Fletcher')
  chair = await enter('Robert Ashworth')
  member = await enter('Anita Desai')
  provider = await enter('Joe McAllister')
  manager = await enter('Helen Whitmore')
  days = await SchoolDays.of(urn)
  first = days.before(today(), 2)
  pupil = await neverExcluded()
})

test.afterAll(async () => {
  for (const visitor of [school, officer, clerk, chair, member, provider, manager]) await visitor?.page.context().close()
})

async function downloaded(file: string): Promise<Row[]> {
  const answer = await officer.page.context().request.get(file)
  expect(answer.status(), file).toBe(200)
  return readCsv(await answer.text())
}

// A pupil of the school about whom nothing must be thought of first.
async function neverExcluded(): Promise<typeof pupil> {
  const excluded = new Set((await downloaded('/exclusions/exclusions.csv')).map(({ upn }) => upn))
  const pupils = readCsv(await readFile(join(run, 'demo', 'pupils.csv'), 'utf8'))
  const quiet = pupils.filter(one => one.urn === String(urn) && one.leaving_date === '' && one.sen_provision === 'N' && !['Y', 'true'].includes(one.looked_after ?? ''))
  const upn = quiet.map(one => one.upn ?? '').filter(one => !excluded.has(one)).at(-1)
  if (!upn) throw new Error('every pupil of the school has an exclusion: wipe the run')
  await school.open(`/pupils?q=${upn}`, 'Find a pupil')
  const link = school.page.getByRole('row', { name: upn }).getByRole('link')
  const listed = await link.innerText()
  const id = new URL(await link.evaluate((a: HTMLAnchorElement) => a.href)).pathname.split('/').at(-1) ?? ''
  return { upn, id, listed, name: listed.split(', ').reverse().join(' ') }
}

async function writeDay(visitor: Visitor, question: string | RegExp, day: string): Promise<void> {
  const group = visitor.page.getByRole('group', { name: question })
  const [year = '', month = '', date = ''] = day.split('-')
  await group.getByLabel('Day').fill(date)
  await group.getByLabel('Month').fill(month)
  await group.getByLabel('Year').fill(year)
}

test('a permanent exclusion opens a case before its page can be read', async () => {
  await school.open(`/pupils/${pupil.id}`, pupil.name)
  await school.press('Record a suspension or exclusion', 'What has the head teacher decided?')
  await school.choose('Permanent exclusion')
  await school.press(next, 'When')
  await writeDay(school, 'First day of the exclusion', first)
  await school.press(next, 'What are the reasons?')
  await school.choose('Physical assault against an adult')
  await school.press(next, 'The pupil’s circumstances')
  await school.page.getByRole('group', { name: 'Does the pupil have a social worker?' }).getByLabel('No').check()
  const left = school.page.getByRole('group', { name: 'Does the pupil still have examinations to sit?' })
  if (await left.count()) await left.getByLabel('Yes').check()
  await school.press(next, 'What happened and what was tried')
  await school.write('What happened, and what did the head teacher consider?', 'A teacher was hurt.')
  await school.write('What was tried before?', 'A mentor, a report card, and a place in the nurture group.')
  await school.press(next, 'What this would mean')
  await school.page.getByLabel('The head teacher has read this and goes on', { exact: true }).check()
  await school.press('Continue', 'Check before you record')
  await school.press('Record it', `Permanent exclusion of ${pupil.name}`)
  exclusionPath = new URL(school.page.url()).pathname
  // It comes by itself, within about a second: the page is loaded again until it says so.
  await expect(async () => {
    await school.open(exclusionPath, `Permanent exclusion of ${pupil.name}`)
    await expect(school.page.getByRole('link', { name: /^Panel case SP-/ })).toBeVisible({ timeout: 250 })
  }).toPass({ timeout: 10_000 })
  await school.follow(/^Panel case SP-/, `Panel case of ${pupil.name}`)
  casePath = new URL(school.page.url()).pathname
  reference = /SP-[\w-]+/.exec(await school.page.getByRole('main').innerText())?.[0] ?? ''
  expect(await school.fact('How it came')).toBe('Opened by a permanent exclusion')
  expect(await school.fact('Day six')).toContain(inWords(days.after(first, 6)))
  await expect(school.page.getByRole('main')).toContainText('No agenda takes the case until this is there:')
})

// Every page of the case, as the school answers it.
async function answer(page: string, ...answers: ((visitor: Visitor) => Promise<void>)[]): Promise<void> {
  await school.open(`${casePath}/sections/${page}`, /./)
  for (const one of answers) await one(school)
  await school.press(next, /./)
  await expect(school.page.locator('.govuk-error-summary')).toHaveCount(0)
}
const choose = (label: string) => (visitor: Visitor) => visitor.choose(label)
const write = (label: string, words: string) => (visitor: Visitor) => visitor.write(label, words)
const say = (question: string, option: string) => (visitor: Visitor) => visitor.page.getByRole('group', { name: question }).getByLabel(option, { exact: true }).check()

test('the school says what it knows, and then an agenda may take the case', async () => {
  await answer('reason/main', choose('Permanently excluded'))
  await answer('reason/details', write('What is happening, and why does it need the panel now?', 'Excluded for hurting a teacher.'))
  await answer('needs/needs', choose('Behaviour'), choose('Practical and vocational learning'))
  await answer('needs/details', write('What do you know about these needs?', 'Calm when making things.'), write('What is the pupil good at, and what helps?', 'Football; one adult he knows.'))
  await answer('needs/plan', say('Does the pupil have an education, health and care plan?', 'No'), say('Does the pupil have a social worker?', 'No'))
  await answer('tried/support', choose('Mentoring or counselling'))
  await answer('tried/details', write('What was done, when, and what difference did it make?', 'Weekly since May; calmer on those days.'))
  for (const who of ['pupil', 'parent'] as const) {
    await answer(`views/${who}_view-known`, choose('Yes'))
    await answer(`views/${who}_view`, write(who === 'pupil' ? 'What is the pupil’s view, in their own words as far as you can?' : 'What is the parents’ view, in their own words as far as you can?', '“A fresh start.”'))
  }
  await answer('asked/what', choose('Alternative provision'))
  await answer('asked/tier', choose('Tier 2: time-limited placement with a return'))
  await answer('asked/details', write('What should it change, and what would show that it works?', 'A term elsewhere, then back.'))
  await answer('safety/known', choose('No'))
  await school.open(casePath, `Panel case of ${pupil.name}`)
  await expect(school.page.getByText('What is missing')).toHaveCount(0)
})

test('the officer finds it by how it came; a manager sees it without the words', async () => {
  await officer.open(`/panel/cases?origin=permanent_exclusion&state=all&school=${urn}`, 'Securing Education Panel: cases')
  await expect(officer.page.getByRole('row').filter({ hasText: reference })).toContainText('Opened by a permanent exclusion')
  await manager.open(`${casePath}/written`, `Panel case of ${pupil.name}`)
  await expect(manager.page.getByRole('main')).not.toContainText('Excluded for hurting a teacher.')
})

test('the pupil’s timeline tells it in one place, and the figures count it', async () => {
  await officer.open(`/pupils/${pupil.id}/timeline`, pupil.name)
  const timeline = officer.page.getByRole('main')
  for (const words of ['Permanent exclusion recorded', 'Opened by a permanent exclusion']) await expect(timeline).toContainText(new RegExp(words, 'i'))
  await manager.open('/panel/impact', 'Impact of the panel: places and times')
  await expect(manager.page.getByRole('row').filter({ hasText: 'All cases' })).toBeVisible()
  await manager.follow('Before and after', 'Impact of the panel: before and after')
  await expect(manager.page.getByRole('main')).toContainText('They do not show what caused a change')
  await manager.follow('Returns to school', 'Impact of the panel: returns to school')
  const [shares] = await downloadedAs(manager, '/panel/impact.csv')
  expect(shares).toMatchObject({ figure: 'taken_in', breakdown: 'Total' })
})

async function downloadedAs(visitor: Visitor, file: string): Promise<Row[]> {
  const answered = await visitor.page.context().request.get(file)
  expect(answered.status(), file).toBe(200)
  return readCsv(await answered.text())
}
