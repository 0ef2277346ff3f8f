import { readFile } from 'node:fs/promises'
import { expect, test, type Locator } from '@playwright/test'
import { stringify } from 'csv-stringify/sync'
import { askFamily, expectSections, familyAgrees, familyRefuses, reason, servicesAndSafety, triedAndViews, whyAndNeeds } from './support/earlyHelp'
import { exported, readCsv } from './support/environment'
import { pupilsNearTheLine, register, type Plan } from './support/marks'
import { SlowRegister, sendRegister } from './support/registers'
import { Visitor } from './support/visitor'

// A register arrives, a pupil crosses the line, a school asks for help. Each test goes on where the one before ended.

const urn = 900001
const schoolName = 'Millbrook Community School'

interface Pupil extends Plan {
  id: string
  name: string
  // As lists have it: surname first.
  listed: string
}

let school: Visitor
let otherSchool: Visitor
let officer: Visitor
let worker: Visitor
let manager: Visitor
let protection: Visitor
let pupil: Pupil
let corrected: Pupil
// Somebody whose marks are sent wrongly and then as they were.
let bystander: Plan
let trace: string
let requestPath: string
let reference: string

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser, javaScriptEnabled }) => {
  const enter = (name: string) => Visitor.signIn(browser, name, javaScriptEnabled ?? true)
  school = await enter('Amara Osei')
  otherSchool = await enter('Siobhán O\'Neill')
  officer = await enter('Priya Raman')
  worker = await enter('Daniel Kowalczyk')
  manager = await enter('Helen Whitmore')
  protection = await enter('Marcus Bell')
  const plans = await pupilsNearTheLine(urn)
  pupil = await untouched(plans)
  corrected = await untouched(plans)
  bystander = plans.shift() as Plan
})

test.afterAll(async () => {
  for (const visitor of [school, otherSchool, officer, worker, manager, protection]) await visitor?.page.context().close()
})

// The next pupil with whom nothing has happened yet. Taken from the list.
async function untouched(plans: Plan[]): Promise<Pupil> {
  for (let plan = plans.shift(); plan; plan = plans.shift()) {
    await school.open(`/pupils?q=${plan.upn}`, 'Find a pupil')
    const link = school.page.getByRole('row', { name: plan.upn }).getByRole('link')
    const listed = await link.innerText()
    const id = new URL(await link.evaluate((a: HTMLAnchorElement) => a.href)).pathname.split('/').at(-1) ?? ''
    const [surname, forename] = listed.split(', ')
    await school.open(`/pupils/${id}/timeline`, `${forename} ${surname}`)
    if (await school.page.getByText('Nothing has happened with this pupil yet').isVisible()) return { ...plan, id, listed, name: `${forename} ${surname}` }
  }
  throw new Error('no pupil of the school is near the line and untouched: wipe the run')
}

function taskList(): string {
  return `Early Help request for ${pupil.name}`
}

async function expectFigures(where: Locator, { crossing: { absent, possible } }: Plan): Promise<void> {
  await expect(where).toContainText(`${absent} of ${possible}`)
  await expect(where).toContainText(`${((100 * absent) / possible).toFixed(1)}%`)
}

// A list is asked for until it has the row: events take a moment.
async function waitForRow(visitor: Visitor, path: string, heading: string, text: string): Promise<Locator> {
  const row = visitor.page.getByRole('row').filter({ hasText: text })
  await expect(async () => {
    await visitor.open(path, heading)
    await expect(row).toBeVisible({ timeout: 250 })
  }).toPass({ timeout: 20_000, intervals: [250] })
  return row
}

let refusedRows: string

test('a register with bad rows: the good ones are kept, the others come back with what is wrong', async () => {
  const [first, second] = bystander.before
  if (!first || !second) throw new Error('the plan has two days')
  const saturday = new Date(Date.parse(first.date) + ((6 - new Date(first.date).getUTCDay()) % 7) * 24 * 60 * 60_000).toISOString().slice(0, 10)
  const wrongLetter = (bystander.upn.startsWith('A') ? 'B' : 'A') + bystander.upn.slice(1)
  const good = [...pupil.days.filter(day => day !== pupil.deciding).map(day => ({ upn: pupil.upn, day })), ...corrected.days.map(day => ({ upn: corrected.upn, day }))]
  const bad = [
    { upn: pupil.upn, day: { ...pupil.deciding, am: 'ILL' } },
    { upn: wrongLetter, day: { ...first, pm: '=1+1' } },
    { upn: bystander.upn, day: { ...second, date: saturday } },
  ]
  await sendRegister(school, 'week.csv', register([...good, ...bad]), `${good.length} rows kept, 3 refused`)

  expect(await school.fact('School')).toBe(schoolName)
  expect(await school.fact('Rows in the file')).toBe(String(good.length + 3))
  expect(await school.fact('Rows that are good')).toBe(String(good.length))
  expect(await school.fact('Rows refused')).toBe('3')
  expect(await school.fact('Marks new')).toBe('0')
  expect(await school.fact('Marks corrected')).toBe(String(2 * good.length))
  expect(await school.fact('Marks already known')).toBe('0')

  const row = good.length + 2
  const problems = school.page.getByRole('table').getByRole('row')
  await expect(problems).toHaveCount(1 + 4)
  const expected: [number, string, string][] = [
    [row, 'am', 'ILL'],
    [row + 1, 'upn', wrongLetter],
    [row + 1, 'pm', '=1+1'],
    [row + 2, 'date', saturday],
  ]
  for (const [index, [number, column, value]] of expected.entries()) {
    const cells = problems.nth(index + 1).getByRole('cell')
    await expect(cells.nth(0)).toHaveText(String(number))
    await expect(cells.nth(1)).toHaveText(column)
    await expect(cells.nth(2)).toHaveText(value)
    await expect(cells.nth(3)).not.toBeEmpty()
    await expect(cells.nth(4)).not.toBeEmpty()
  }
  const [download] = await Promise.all([school.page.waitForEvent('download'), school.page.getByRole('button', { name: 'Download the refused rows (CSV)' }).click()])
  refusedRows = await readFile(await download.path(), 'utf8')
})

test('the refused rows, corrected, go in; the same file again changes nothing', async () => {
  const rows = readCsv(refusedRows)
  expect(rows.map(({ errors }) => errors !== undefined && errors.length > 10)).toEqual([true, true, true])
  const [first, second] = bystander.before
  const right = [
    { upn: pupil.upn, ...pupil.deciding },
    { upn: bystander.upn, ...first },
    { upn: bystander.upn, ...second },
  ]
  const file = stringify(rows.map((row, index) => ({ ...row, ...right[index] })), { header: true })
  trace = await sendRegister(school, 'refused-rows.csv', file, 'All 3 rows are in Pathways')
  expect(await school.fact('Marks corrected')).toBe('2')
  expect(await school.fact('Marks already known')).toBe('4')

  await sendRegister(school, 'refused-rows.csv', file, 'Every row was already in Pathways: nothing has changed')
  expect(await school.fact('Marks corrected')).toBe('0')
  expect(await school.fact('Marks already known')).toBe('6')
  const [sums] = (await exported('attendance', '--level', 'pupil')).filter(({ upn, urn: at }) => upn === pupil.upn && at === String(urn))
  expect(sums?.enrolments_pa_10_exact).toBe('1')
})

test('a register on a slow line: progress first, then the outcome by itself', async () => {
  const known = register(bystander.before.map(day => ({ upn: bystander.upn, day })))
  const half = Math.floor(known.length / 2)
  const slow = await SlowRegister.begin(school, 'slow.csv', known.slice(0, half))
  await expect(async () => {
    await school.page.goto(`/imports/${slow.importId}`)
    await expect(school.page.getByRole('heading', { level: 1 })).toHaveText('The file is being checked', { timeout: 250 })
  }).toPass({ timeout: 10_000, intervals: [100] })
  await school.arrive('The file is being checked')
  expect(await slow.finish(known.slice(half))).toBe(303)
  await school.arrive('Every row was already in Pathways: nothing has changed')
  await school.open('/imports', 'Registers sent')
  await expect(school.page.getByRole('row', { name: /slow\.csv/ }).first()).toContainText('Done')
})

test('the proposal reaches the school and the inclusion officer with its figures', async () => {
  const atSchool = await waitForRow(school, '/proposals?kind=persistent', 'Proposals', pupil.listed)
  await expect(atSchool).toContainText('Persistently absent')
  await expectFigures(atSchool, pupil)
  const atOffice = await waitForRow(officer, `/proposals?kind=persistent&school=${urn}`, 'Proposals', pupil.listed)
  await expectFigures(atOffice, pupil)
  await officer.follow(pupil.listed, `Persistently absent: ${pupil.name}`)
  await expect(officer.page.getByText('Only the school can start the request')).toBeVisible()
  await officer.open(`/pupils/${pupil.id}`, pupil.name)
})

test('the school starts a request from it; without agreement it cannot go on', async () => {
  await school.open('/proposals?kind=persistent', 'Proposals')
  await school.follow(pupil.listed, `Persistently absent: ${pupil.name}`)
  expect(await school.fact('Sessions missed')).toContain(`${pupil.crossing.absent} of ${pupil.crossing.possible} possible`)
  await school.press('Start an Early Help request', taskList())
  requestPath = new URL(school.page.url()).pathname
  await expect(school.page.getByText('You need not write this again')).toBeVisible()
  await askFamily(school)
  await familyRefuses(school)
  await school.open(`${requestPath}/check`, 'You cannot send this request without the family’s agreement')
})

test('every page is kept: the school leaves, comes back and sends it', async () => {
  await school.open(requestPath, taskList())
  await school.follow('Agreement of the family', 'Have you asked the family if they agree to this request?')
  await school.press('Save and continue', 'Do they agree?')
  await familyAgrees(school, taskList())
  await whyAndNeeds(school, taskList())
  await school.signOut()

  // Back at the same page, by the address that was kept.
  await school.page.goto(requestPath)
  await school.page.getByRole('button', { name: 'Amara Osei' }).click()
  await school.arrive(taskList())
  await expectSections(school, ['Agreement of the family', 'Why you are asking', 'Needs and strengths'], ['What the school has tried', 'Views of the pupil and family', 'Other services involved', 'Safety'])
  await triedAndViews(school, taskList())
  await servicesAndSafety(school, taskList())
  await school.follow('Check your answers and send', 'Check your answers')
  await expect(school.page.getByText(reason)).toBeVisible()
  await school.press('Send to Early Help', 'Request sent to Early Help')
  reference = (await school.page.locator('.govuk-panel strong').innerText()).trim()
  expect(reference).toMatch(/^EH-/)
})

test('Early Help sees it at once, asks for more, and the school answers', async () => {
  await worker.open('/requests?state=submitted', 'Early Help queue')
  const row = worker.page.getByRole('row').filter({ hasText: reference })
  await expect(row).toContainText(pupil.listed)
  await row.getByRole('link').click()
  await worker.arrive(taskList())
  await worker.follow('What the school wrote', taskList())
  await expect(worker.page.getByText(reason)).toBeVisible()
  await decide(worker, 'Ask the school for more', 'Ask the school for more')
  await worker.write('What do you need to know?', 'Which mornings are hardest?')
  await confirm(worker, 'Ask the school for more')

  const answering = `Answer Early Help about ${pupil.name}`
  await school.open('/requests?state=more_asked', 'Early Help requests')
  await school.page.getByRole('row').filter({ hasText: reference }).getByRole('link').click()
  await school.arrive(answering)
  await expect(school.page.getByText('Which mornings are hardest?')).toBeVisible()
  await school.follow('Your answer to Early Help', 'Your answer')
  await school.write('Your answer', 'Mondays and Tuesdays.')
  await school.press('Save and continue', answering)
  await school.follow('Check your answers and send', 'Check your answers')
  await school.press('Send to Early Help', 'Request sent to Early Help')
})

async function decide(visitor: Visitor, decision: string, heading: string): Promise<void> {
  await visitor.open(`${requestPath}/decide`, `What do you decide about the request for ${pupil.name}?`)
  await visitor.choose(decision)
  await visitor.press('Continue', heading)
}

async function confirm(visitor: Visitor, button: string): Promise<void> {
  await visitor.press('Continue', 'Check your decision')
  await visitor.press(button, taskList())
}

test('a manager sees it and cannot decide; another school finds nothing', async () => {
  await manager.open(requestPath, taskList())
  expect(await manager.status(`${requestPath}/decide`, 'You cannot see this page')).toBe(403)
  expect(await manager.status(`${requestPath}/answers`, 'You cannot see this page')).toBe(403)
  for (const path of [`/pupils/${pupil.id}`, `/pupils/${pupil.id}/timeline`, requestPath]) {
    expect(await otherSchool.status(path, 'Page not found')).toBe(404)
  }
  expect(await otherSchool.status(`/pupils/${pupil.id}/access-history`, 'You cannot see this page')).toBe(403)
})

test('Early Help accepts it and names a worker; the school sees who holds it', async () => {
  await decide(worker, 'Accept it', 'Accept the request')
  await confirm(worker, 'Accept the request')
  await worker.press('Name the worker who holds it', `Who holds the request for ${pupil.name}?`)
  await worker.choose('Grace Adeyemi, Senior Early Help practitioner')
  await worker.press('Save', taskList())
  await school.open(requestPath, taskList())
  expect(await school.fact('Held by')).toContain('Grace Adeyemi')
})

test('one trace leads from the register to the last page, for all who are on it', async () => {
  const story = [
    'Early Help worker named',
    'Early Help request accepted',
    'School answered Early Help',
    'Early Help asked for more',
    'Early Help request sent',
    'Early Help request started',
    'Proposal raised: persistently absent',
  ]
  for (const visitor of [school, worker]) {
    await visitor.open(`/pupils/${pupil.id}/timeline`, pupil.name)
    await expect(visitor.page.locator('.moj-timeline__title')).toHaveText([...story, 'Absence became persistent'])
    await expect(visitor.page.getByText(/^Trace /)).toHaveText(story.map(() => `Trace ${trace}`))
    for (const item of (await visitor.page.locator('.moj-timeline__item').all()).slice(-2)) await expectFigures(item, pupil)
  }
})

test('the data protection officer sees who looked', async () => {
  await protection.open(`/pupils?q=${pupil.upn}`, 'Find a pupil')
  await protection.follow(pupil.listed, pupil.name)
  const looks: string[] = []
  for (;;) {
    for (const row of await protection.page.getByRole('table').getByRole('row').all()) looks.push(await row.innerText())
    const older = protection.page.getByRole('link', { name: 'Older entries' })
    if (!(await older.isVisible())) break
    await older.click()
    await protection.arrive(pupil.name)
  }
  const expected: [string, string, string][] = [
    ['Amara Osei', 'School staff', 'Pupil record'],
    ['Amara Osei', 'School staff', 'Early Help'],
    ['Priya Raman', 'Inclusion officer', 'Attendance'],
    ['Daniel Kowalczyk', 'Early Help worker', 'Early Help'],
    ['Helen Whitmore', 'Manager', 'Early Help'],
  ]
  for (const parts of expected) {
    expect(looks.some(look => parts.every(part => look.includes(part))), `${parts.join(', ')} in\n${looks.join('\n')}`).toBe(true)
  }
  expect(looks.some(look => look.includes('Siobhán'))).toBe(false)
})

test('a correction takes a proposal back', async () => {
  await waitForRow(school, '/proposals?kind=persistent', 'Proposals', corrected.listed)
  await school.follow(corrected.listed, `Persistently absent: ${corrected.name}`)
  const proposal = new URL(school.page.url()).pathname
  const rows = corrected.before.map(day => ({ upn: corrected.upn, day }))
  await sendRegister(school, 'corrected.csv', register(rows), `All ${rows.length} rows are in Pathways`)
  await expect(async () => {
    await school.open(proposal, `Persistently absent: ${corrected.name}`)
    await expect(school.page.getByText('No longer holds', { exact: true })).toBeVisible({ timeout: 250 })
  }).toPass({ timeout: 20_000, intervals: [250] })
  await expect(school.page.getByRole('button', { name: 'Start an Early Help request' })).toHaveCount(0)
  await school.open(`/pupils/${corrected.id}/timeline`, corrected.name)
  await expect(school.page.locator('.moj-timeline__title').first()).toHaveText('Proposal withdrawn: the marks behind it were corrected: persistently absent')
})
