import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Locator } from '@playwright/test'
import { SchoolDays, inWords, today } from './support/calendar'
import { readCsv, run, type Row } from './support/environment'
import { Visitor } from './support/visitor'

// A school suspends a pupil for six days; the clock shows its working; the officer follows it; another is cancelled. Each
// test goes on where the one before ended.

const urn = 900001

interface Child {
  upn: string
  id: string
  name: string
  // As lists have it: surname first.
  listed: string
}

let school: Visitor
let colleague: Visitor
let otherSchool: Visitor
let officer: Visitor
let manager: Visitor
let days: SchoolDays
let first: string
let child: Child
let other: Child
let third: Child
let path: string
let reference: string

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser, javaScriptEnabled }) => {
  const enter = (name: string) => Visitor.signIn(browser, name, javaScriptEnabled ?? true)
  school = await enter('Amara Osei')
  colleague = await enter('Tom Hargreaves')
  otherSchool = await enter('Siobhán O\'Neill')
  officer = await enter('Priya Raman')
  manager = await enter('Helen Whitmore')
  days = await SchoolDays.of(urn)
  first = days.from(today())
  const pupils = await quietPupils()
  child = await neverExcluded(pupils)
  other = await neverExcluded(pupils)
  third = await neverExcluded(pupils)
})

test.afterAll(async () => {
  for (const visitor of [school, colleague, otherSchool, officer, manager]) await visitor?.page.context().close()
})

// Pupils of the school about whom nothing must be thought of first: no plan, not looked after.
async function quietPupils(): Promise<string[]> {
  const pupils = readCsv(await readFile(join(run, 'demo', 'pupils.csv'), 'utf8'))
  const excluded = new Set((await downloaded('/exclusions/exclusions.csv')).map(({ upn }) => upn))
  return pupils
    .filter(one => one.urn === String(urn) && one.leaving_date === '' && one.sen_provision === 'N' && one.looked_after !== 'Y' && one.looked_after !== 'true')
    .map(({ upn }) => upn ?? '')
    .filter(upn => !excluded.has(upn))
}

// A file as the officer downloads it.
async function downloaded(file: string): Promise<Row[]> {
  const answer = await officer.page.context().request.get(file)
  expect(answer.status(), file).toBe(200)
  return readCsv(await answer.text())
}

async function neverExcluded(upns: string[]): Promise<Child> {
  const upn = upns.shift()
  if (!upn) throw new Error('every pupil of the school has an exclusion: wipe the run')
  await school.open(`/pupils?q=${upn}`, 'Find a pupil')
  const link = school.page.getByRole('row', { name: upn }).getByRole('link')
  const listed = await link.innerText()
  const id = new URL(await link.evaluate((a: HTMLAnchorElement) => a.href)).pathname.split('/').at(-1) ?? ''
  const [surname, forename] = listed.split(', ')
  return { upn, id, listed, name: `${forename} ${surname}` }
}

async function writeDay(visitor: Visitor, question: string, day: string): Promise<void> {
  const group = visitor.page.getByRole('group', { name: question })
  const [year = '', month = '', date = ''] = day.split('-')
  await group.getByLabel('Day').fill(date)
  await group.getByLabel('Month').fill(month)
  await group.getByLabel('Year').fill(year)
}

function step(visitor: Visitor, name: string): Locator {
  return visitor.page.locator(`#${name}`)
}

// From the page of a pupil to what the suspension would mean.
async function begin(pupil: Child, schoolDays: string): Promise<void> {
  await school.open(`/pupils/${pupil.id}`, pupil.name)
  await school.press('Record a suspension or exclusion', 'What has the head teacher decided?')
  await school.choose('Suspension')
  await school.press('Save and continue', 'When')
  await writeDay(school, 'First day of the exclusion', first)
  await school.choose('Morning')
  await school.write('How many school days?', schoolDays)
  await school.press('Save and continue', 'What are the reasons?')
  await school.choose('Persistent or general disruptive behaviour')
  await school.press('Save and continue', 'The pupil’s circumstances')
  await school.choose('No')
  await school.press('Save and continue', 'What happened and what was tried')
  await school.write('What happened, and what did the head teacher consider? (optional)', 'Left lessons every day of the week.')
  await school.press('Save and continue', 'What this would mean')
}

async function record(pupil: Child): Promise<void> {
  const mustRead = school.page.getByLabel('The head teacher has read this and goes on', { exact: true })
  if (await mustRead.count()) await mustRead.check()
  await school.press('Continue', 'Check before you record')
  await school.press('Record it', `Suspension of ${pupil.name}`)
}

test('a suspension of six days: what it would mean is said before it is recorded', async () => {
  await begin(child, '6')
  const meaning = school.page.getByRole('main')
  await expect(meaning).toContainText('Nothing is recorded yet')
  await expect(meaning).toContainText('None before, 6 school days with this one. This is more than 5')
  await expect(meaning).toContainText(inWords(days.after(first, 5)))
  await record(child)
  path = new URL(school.page.url()).pathname
  reference = /EX-[\w-]+/.exec(await school.page.getByRole('main').innerText())?.[0] ?? ''
  expect(reference).not.toBe('')
})

test('day six has its working: six numbered school days, and every skipped one with why', async () => {
  const provision = step(school, 'provision_from')
  const due = days.after(first, 5)
  await expect(provision).toContainText(inWords(due))
  await provision.getByText('Show working').click()
  await expect(provision).toContainText('Counted from')
  const counted = await provision.locator('strong').filter({ hasText: /^day \d+$/ }).allInnerTexts()
  expect(counted.map(text => Number(text.replace('day ', '')))).toEqual([1, 2, 3, 4, 5, 6])
})

test('the file of clocks says the same day', async () => {
  const [row] = (await downloaded(`/exclusions/clock.csv?from=${first}`)).filter(({ upn, step: name }) => upn === child.upn && name === 'provision_from')
  expect(row).toMatchObject({ kind: 'SUSP', start_date: first, due: days.after(first, 5), state: 'due' })
})

test('parents make representations: the governing board has fifty school days', async () => {
  await officer.open('/exclusions/list', 'All exclusions')
  await officer.open(`${path}/decisions/representations`, /^When did the parents make representations\?|Suspension/)
  await writeDay(officer, 'When did the parents make representations?', today())
  await officer.press('Save', `Suspension of ${child.name}`)
  const board = step(officer, 'governors_consider_by')
  await expect(board).toContainText(inWords(days.after(first, 50)))
  await board.getByText('Show working').click()
  await expect(board.locator('strong').filter({ hasText: /^day \d+$/ })).toHaveCount(50)
})

test('the officer finds what is owed in the queue, and marks that the authority was told', async () => {
  await officer.open(`/exclusions?step=notify_local_authority&school=${urn}`, 'Exclusions')
  const row = officer.page.getByRole('row').filter({ hasText: child.listed })
  // What came with files may be late for longer: the next page, and the next.
  while ((await row.count()) === 0) {
    await officer.page.getByRole('link', { name: /Next/ }).click()
    await officer.arrive('Exclusions')
  }
  await expect(row).toContainText('Tell the local authority')
  await row.getByRole('link').click()
  await officer.arrive(`Suspension of ${child.name}`)
  await step(officer, 'notify_local_authority').getByRole('link', { name: /Mark as done/ }).click()
  await officer.arrive('Tell the local authority: mark as done')
  if (first > today()) await writeDay(officer, 'On which day was it done?', today())
  await officer.choose('By email')
  await officer.press('Mark as done', `Suspension of ${child.name}`)
  await expect(step(officer, 'notify_local_authority')).toContainText('Done')
  await officer.page.getByRole('navigation', { name: 'Back' }).getByRole('link').click()
  await officer.arrive('Exclusions')
  expect(new URL(officer.page.url()).searchParams.get('step')).toBe('notify_local_authority')
  await expect(officer.page.getByRole('row').filter({ hasText: child.listed })).toHaveCount(0)
})

test('the school sees it in the pupil’s timeline, beside Early Help', async () => {
  await school.open(`/pupils/${child.id}/timeline`, child.name)
  const timeline = school.page.getByRole('main')
  await expect(timeline).toContainText('Done: tell the local authority')
  await expect(timeline).toContainText('Suspension recorded')
})

test('a manager sees the clock without the words; another school does not see it at all', async () => {
  await manager.open(`${path}/decided`, `Suspension of ${child.name}`)
  await expect(manager.page.getByText('What was written is for those on the case')).toBeVisible()
  await expect(manager.page.getByRole('main')).not.toContainText('Left lessons every day')
  expect(await otherSchool.status(path, 'Page not found')).toBe(404)
})

test('another one is cancelled: its steps are asked for no more, its history stays', async () => {
  await begin(other, '2.5')
  await record(other)
  const at = new URL(school.page.url()).pathname
  await school.open(`${at}/end/cancel`, `Cancel the exclusion of ${other.name}`)
  await school.write('Why is it cancelled?', 'A witness came forward.')
  await school.press('Cancel the exclusion', `Suspension of ${other.name}`)
  await expect(school.page.getByText('Nothing is owed.')).toBeVisible()
  await school.open(`${at}/history`, `Suspension of ${other.name}`)
  await expect(school.page.getByRole('main')).toContainText('A witness came forward.')
  const rows = (await downloaded(`/exclusions/exclusions.csv?from=${first}`)).filter(({ upn }) => upn === other.upn)
  expect(rows.map(({ status }) => status)).toEqual(['cancelled'])
})

test('a suspension on a day that the school is closed cannot be recorded', async () => {
  await begin(other, '1')
  const saturday = new Date(Date.parse(first) + ((6 - new Date(first).getUTCDay()) % 7) * 24 * 60 * 60_000).toISOString().slice(0, 10)
  await school.page.getByRole('navigation', { name: 'Back' }).getByRole('link').click()
  await school.arrive('What happened and what was tried')
  const draft = new URL(school.page.url()).pathname.replace(/\/evidence$/, '')
  await school.open(`${draft}/dates?from=check`, 'When')
  await writeDay(school, 'First day of the exclusion', saturday)
  await school.press('Save and continue', 'What this would mean')
  await expect(school.page.getByRole('main')).toContainText('It cannot be recorded as it stands')
  await expect(school.page.getByRole('button', { name: 'Continue' })).toHaveCount(0)
  await school.open('/exclusions/drafts', 'Not recorded yet')
  await school.page.getByRole('row').filter({ hasText: other.listed }).getByRole('link', { name: /Throw away/ }).click()
  await school.arrive(`Throw away what was written about ${other.name}?`)
  await school.press('Throw it away', 'Not recorded yet')
  await expect(school.page.getByRole('row').filter({ hasText: other.listed })).toHaveCount(0)
})

async function say(decision: string, question: string | RegExp, day: string, choice?: string): Promise<void> {
  await officer.open(`${path}/decisions/${decision}`, question)
  const group = officer.page.getByRole('group').filter({ has: officer.page.getByLabel('Year') }).first()
  const [year = '', month = '', date = ''] = day.split('-')
  await group.getByLabel('Day').fill(date)
  await group.getByLabel('Month').fill(month)
  await group.getByLabel('Year').fill(year)
  if (choice) await officer.choose(choice)
  await officer.press('Save', `Permanent exclusion of ${third.name}`)
}

test('a permanent exclusion: two colleagues write at once, and neither loses a word', async () => {
  first = days.before(today(), 20)
  await school.open(`/pupils/${third.id}`, third.name)
  await school.press('Record a suspension or exclusion', 'What has the head teacher decided?')
  await school.choose('Permanent exclusion')
  await school.press('Save and continue', 'When')
  await writeDay(school, 'First day of the exclusion', first)
  await school.press('Save and continue', 'What are the reasons?')
  await school.choose('Physical assault against an adult')
  await school.press('Save and continue', 'The pupil’s circumstances')
  await school.page.getByRole('group', { name: 'Does the pupil have a social worker?' }).getByLabel('No').check()
  const left = school.page.getByRole('group', { name: 'Does the pupil still have examinations to sit?' })
  if (await left.count()) await left.getByLabel('Yes').check()
  await school.press('Save and continue', 'What happened and what was tried')
  await colleague.open(new URL(school.page.url()).pathname, 'What happened and what was tried')
  for (const [visitor, words] of [[colleague, 'Tom wrote this.'], [school, 'Amara wrote this.']] as const) {
    await visitor.write('What happened, and what did the head teacher consider?', words)
    await visitor.write('What was tried before?', 'A mentor, a report card, and a place in the nurture group.')
  }
  await colleague.press('Save and continue', 'What this would mean')
  await school.press('Save and continue', 'Someone else changed this draft')
  const both = school.page.getByRole('main')
  for (const words of ['Tom Hargreaves', 'Tom wrote this.', 'Amara wrote this.']) await expect(both).toContainText(words)
  await school.press('Replace it with mine', 'What this would mean')
  await school.page.getByLabel('The head teacher has read this and goes on', { exact: true }).check()
  await school.press('Continue', 'Check before you record')
  await expect(both).toContainText('Amara wrote this.')
  await school.press('Record it', `Permanent exclusion of ${third.name}`)
  path = new URL(school.page.url()).pathname
  await expect(step(school, 'governors_consider_by')).toContainText(inWords(days.after(first, 15)))
  await expect(step(school, 'provision_from')).toContainText(inWords(days.after(first, 6)))
})

test('the board declines, the parents apply for a review: each day leads to the next', async () => {
  const notice = days.after(first, 11)
  const applied = days.after(first, 15)
  await say('board', 'What did the governing board decide?', days.after(first, 10), 'Decline to reinstate the pupil')
  await say('board-notice', 'When were the parents given notice of the decision?', notice)
  await expect(step(officer, 'review_apply_by')).toContainText(inWords(days.after(notice, 15)))
  await say('review-applied', 'When did the parents apply for a review?', applied)
  await expect(step(officer, 'review_hearing_by')).toContainText(inWords(days.after(applied, 15)))
  await officer.open(`${path}/history`, `Permanent exclusion of ${third.name}`)
  await expect(officer.page.getByRole('main')).toContainText('Governing board decided')
})
