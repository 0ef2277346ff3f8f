import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ExclusionState } from '../../gen/pathways/exclusions/v1/service_pb'
import { expectSound, launch, signIn, visit, type Visitor } from '../browser'
import { heading } from '../journey'
import { startStack, type Stack } from '../stub/stack'
import { furnish } from '../tour'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await page.waitForLoadState()
}

async function day(page: Page, group: string, [day, month, year]: [string, string, string]): Promise<void> {
  const fields = page.getByRole('group', { name: group })
  await fields.getByLabel('Day').fill(day)
  await fields.getByLabel('Month').fill(month)
  await fields.getByLabel('Year').fill(year)
}

async function main(page: Page): Promise<string> {
  return page.getByRole('main').innerText()
}

describe.each([true, false])('Exclusions, with JavaScript: %s', javaScript => {
  let stack: Stack
  let school: Visitor
  beforeAll(async () => {
    stack = await startStack()
    school = await visit(browser, stack.url, { javaScript })
    await signIn(school, 'Amara Osei')
  })
  afterAll(async () => {
    await school.context.close()
    await stack.close()
  })

  test('a suspension of six days, from the pupil to the clock', async () => {
    const { page } = school
    const pupil = stack.world.pupils.find(({ urn }) => urn === 900001)!
    await page.goto(`/pupils/${pupil.pupilId}`)
    await press(page, 'Record a suspension or exclusion')
    expect(await heading(page)).toBe('What has the head teacher decided?')
    await page.getByLabel('Suspension', { exact: true }).check()
    await press(page, 'Save and continue')
    await day(page, 'First day of the exclusion', ['24', '11', '2026'])
    await page.getByLabel('Morning').check()
    await page.getByLabel('How many school days?').fill('six')
    await press(page, 'Save and continue')
    expect(await page.title()).toMatch(/^Error: /)
    expect(await page.getByLabel('How many school days?').inputValue()).toBe('six')
    await page.getByLabel('How many school days?').fill('6')
    await press(page, 'Save and continue')
    await page.getByLabel('Persistent or general disruptive behaviour').check()
    await press(page, 'Save and continue')
    await page.getByRole('group', { name: 'Does the pupil have a social worker?' }).getByLabel('Yes').check()
    await press(page, 'Save and continue')
    await page.getByLabel('What happened, and what did the head teacher consider? (optional)').fill('Left the site twice.')
    await press(page, 'Save and continue')

    expect(await heading(page)).toBe('What this would mean')
    const meaning = await main(page)
    expect(meaning).toContain('None before, 6 school days with this one. This is more than 5')
    expect(meaning).toContain('The pupil has a social worker.')
    expect(meaning).toContain('Due Wednesday 2 December (5 school days left)')
    await press(page, 'Continue')
    expect(await page.getByRole('link', { name: 'Confirm that the head teacher has read this' }).isVisible()).toBe(true)
    await page.getByLabel('The head teacher has read this and goes on').check()
    await press(page, 'Continue')
    expect(await heading(page)).toBe('Check before you record')
    await press(page, 'Record it')

    expect(await heading(page)).toMatch(/^Suspension of /)
    expect(await page.getByText(/Suspension recorded: EX-/).isVisible()).toBe(true)
    const clock = await main(page)
    expect(clock).toContain('Due Wednesday 2 December (5 school days left)')
    expect(clock).toContain('Tell the social worker')
    if (javaScript) await expectSound(school)
  })

  test('the working of day six: every counted day, and the one that was skipped', async () => {
    const { page } = school
    const step = page.locator('#provision_from')
    await step.getByText('Show working').click()
    const rows = await step.getByRole('row').allInnerTexts()
    expect(rows.map(row => row.replace(/\s+/g, ' '))).toEqual([
      'Week of Mon Tue Wed Thu Fri Not counted',
      expect.stringContaining('24 Nov day 1 25 Nov day 2 26 Nov day 3 27 Nov – not counted Fri 27 Nov: INSET day'),
      expect.stringContaining('30 Nov day 4 1 Dec day 5 2 Dec day 6'),
    ])
  })

  test('a notice is marked as given, and taken back', async () => {
    const { page } = school
    await page.locator('#notify_parents').getByRole('link', { name: /Mark as done/ }).click()
    await page.getByLabel('At what time? (optional)').fill('9.05')
    await press(page, 'Mark as done')
    expect(await page.getByRole('link', { name: 'Select how it was done' }).isVisible()).toBe(true)
    await page.getByLabel('By email').check()
    await press(page, 'Mark as done')
    expect(await page.locator('#notify_parents').innerText()).toContain('Done Tuesday 24 November, at 09:05, by email, entered by Amara Osei')
    await page.locator('#notify_parents').getByRole('link', { name: /Change/ }).click()
    await press(page, 'It was not done: take it back')
    expect(await page.locator('#notify_parents').innerText()).toContain('Due without delay')
  })

  test('the officer finds it in the queue, records the board’s decision, and comes back to the same filters', async () => {
    const officer = await visit(browser, stack.url, { javaScript })
    const { page } = officer
    await signIn(officer, 'Priya Raman')
    await page.getByRole('link', { name: /steps due within 5 school days/ }).click()
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Full-time education begins' })
    await press(page, 'Apply filters')
    const list = page.url()
    await page.locator('table a').first().click()
    await page.getByRole('link', { name: 'What was decided' }).click()
    await page.getByRole('link', { name: 'What did the governing board decide?' }).click()
    await day(page, 'When did it meet?', ['23', '11', '2026'])
    await page.getByLabel('Decline to reinstate the pupil').check()
    await press(page, 'Save')
    expect(await page.getByText('The governing board’s decision is kept.').isVisible()).toBe(true)
    await page.getByRole('navigation', { name: 'Back' }).getByRole('link').click()
    const at = (address: string) => [...new URL(address).searchParams].filter(([, value]) => value)
    expect(at(page.url())).toEqual(at(list))
    await officer.context.close()
  })

  test('what was decided is reduced, and then cancelled: both stay in the history', async () => {
    const { page } = school
    await page.reload()
    await page.getByRole('link', { name: 'What was decided' }).click()
    expect(await page.getByRole('link', { name: 'The head teacher cancels it' }).count()).toBe(0)
    const [exclusion] = stack.world.exclusions.values()
    Object.assign(exclusion!, { decisions: undefined })
    await page.reload()
    await page.getByRole('link', { name: 'Reduce or correct it' }).click()
    await page.getByLabel('How many school days?').fill('2')
    await page.getByLabel('Why is it changed?').fill('The head teacher heard a witness.')
    await press(page, 'Save the change')
    await page.getByLabel('The head teacher has read this and goes on').check()
    await press(page, 'Save the change')
    expect(await page.getByText('The change is saved, and the dates are counted again.').isVisible()).toBe(true)
    await page.getByRole('link', { name: 'What was decided' }).click()
    await page.getByRole('link', { name: 'The head teacher cancels it' }).click()
    await page.getByLabel('Why is it cancelled?').fill('The witness was right.')
    await press(page, 'Cancel the exclusion')
    expect([...stack.world.exclusions.values()][0]!.state).toBe(ExclusionState.CANCELLED)
    await page.getByRole('link', { name: 'History' }).click()
    const history = await main(page)
    expect(history).toContain('“The witness was right.”')
    expect(history).toContain('“The head teacher heard a witness.”')
    expect(history.indexOf('cancelled')).toBeLessThan(history.indexOf('Suspension recorded'))
  })

  test('a file of suspensions: refused rows are named, the rest is kept', async () => {
    const { page } = school
    await page.goto('/exclusions/imports/new')
    await page.locator('#file').setInputFiles({ name: 'suspensions.csv', mimeType: 'text/csv', buffer: Buffer.from('urn,upn,kind,start_date,sessions,reason1\n900001,A,SUSP,2026-11-24,2,DB\n900001,A,SUSP,2026-11-30,2,XX\n') })
    await press(page, 'Send the file')
    expect(await heading(page)).toBe('1 row kept, 1 refused')
    expect(await main(page)).toContain('This reason is not in the list of that day.')
    await page.getByRole('link', { name: 'see the school’s exclusions' }).click()
    expect(new URL(page.url()).search).toBe('?school=900001')
  })
})

describe('Two people at one exclusion', () => {
  let stack: Stack
  let school: Visitor
  let page: Page
  beforeEach(async () => {
    stack = await startStack()
    furnish(stack.world)
    school = await visit(browser, stack.url)
    page = school.page
    await signIn(school, 'Amara Osei')
    return async () => {
      await school.context.close()
      await stack.close()
    }
  })

  test('a draft: both versions, who wrote which, and nothing lost', async () => {
    await page.goto('/exclusions/drafts/draft-permanent/evidence')
    const draft = stack.world.exclusionDrafts.get('draft-permanent')!
    Object.assign(draft, { version: 9n, updatedBy: 'demo-tom-hargreaves' })
    draft.facts!.tried = 'A colleague wrote this meanwhile.'
    await page.getByLabel('What was tried before?').fill('I wrote this.')
    await press(page, 'Save and continue')
    expect(await heading(page)).toBe('Someone else changed this draft')
    const text = await main(page)
    for (const words of ['Tom Hargreaves', 'I wrote this.', 'A colleague wrote this meanwhile.']) expect(text).toContain(words)
    await expectSound(school)
    await press(page, 'Replace it with mine')
    expect(stack.world.exclusionDrafts.get('draft-permanent')!.facts!.tried).toBe('I wrote this.')
  })

  test('a recorded exclusion: the change of a colleague is not written over', async () => {
    await page.goto('/exclusions/exclusion-long/change')
    await page.getByLabel('How many school days?').fill('4')
    await page.getByLabel('Why is it changed?').fill('Two days fewer, after talking with Mum.')
    const found = stack.world.exclusions.get('exclusion-long')!
    Object.assign(found, { version: 9n, updatedBy: 'demo-tom-hargreaves' })
    found.facts!.halfDays = 10
    await press(page, 'Save the change')
    expect(await heading(page)).toBe('Someone else changed this exclusion')
    const text = await main(page)
    for (const words of ['Tom Hargreaves', 'School days', '5']) expect(text).toContain(words)
    await expectSound(school)
    await press(page, 'Replace it with mine')
    expect(stack.world.exclusions.get('exclusion-long')!.facts!.halfDays).toBe(8)
  })

  test('a step marked by both in the same way is marked once, and nobody is asked to choose', async () => {
    const other = await school.context.newPage()
    for (const one of [page, other]) await one.goto('/exclusions/exclusion-long/steps/set_work')
    for (const one of [page, other]) {
      await press(one, 'Mark as done')
      expect(await heading(one)).toBe('Suspension of Ben Abbott')
    }
    expect(stack.world.exclusions.get('exclusion-long')!.done.filter(({ step }) => step === 'set_work')).toHaveLength(1)
  })

  test('what the service refuses is said beside its question, and what was typed stays', async () => {
    await page.goto('/exclusions/exclusion-long/change')
    await page.getByLabel('How many school days?').fill('9')
    await page.getByLabel('Why is it changed?').fill('refuse me, please')
    await press(page, 'Save the change')
    expect(await page.title()).toMatch(/^Error: /)
    await page.getByRole('link', { name: 'A suspension cannot become longer: record a further one' }).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('days')
    expect(await page.getByLabel('How many school days?').inputValue()).toBe('9')
  })

  test('a change that brings a new warning is not saved until it was read', async () => {
    await page.goto('/exclusions/exclusion-long/change')
    await page.getByRole('group', { name: 'Does the pupil have a social worker?' }).getByLabel('Yes').check()
    await page.getByLabel('Why is it changed?').fill('We learnt of a social worker.')
    await press(page, 'Save the change')
    expect(await page.title()).toMatch(/^Error: /)
    expect(await main(page)).toContain('The pupil has a social worker.')
    await expectSound(school)
    await page.getByLabel('The head teacher has read this and goes on').check()
    await press(page, 'Save the change')
    expect(stack.world.exclusions.get('exclusion-long')!.facts).toMatchObject({ hasSocialWorker: true, warningsSeen: true })
  })

  test('a draft is recorded once, however often it is sent', async () => {
    await page.goto('/exclusions/drafts/draft-permanent/check')
    const again = await school.context.newPage()
    await again.goto('/exclusions/drafts/draft-permanent/check')
    const before = stack.world.exclusions.size
    await press(page, 'Record it')
    await press(again, 'Record it')
    expect(again.url()).toBe(page.url())
    expect(stack.world.exclusions.size).toBe(before + 1)
  })

  test('what cannot be recorded says why, and leads to the question', async () => {
    await page.goto('/exclusions/drafts/draft-refused/meaning')
    expect(await page.getByRole('button', { name: 'Continue' }).count()).toBe(0)
    await page.getByRole('link', { name: 'The school is closed on this day: Weekend' }).click()
    expect(await heading(page)).toBe('When')
    await day(page, 'First day of the exclusion', ['30', '11', '2026'])
    await press(page, 'Save and continue')
    expect(await heading(page)).toBe('What this would mean')
    expect(await main(page)).not.toContain('It cannot be recorded')
  })

  test('those who are not on the case see the clock without the words; others see no exclusions at all', async () => {
    const manager = await visit(browser, stack.url)
    await signIn(manager, 'Helen Whitmore')
    await manager.page.goto('/exclusions/exclusion-long/decided')
    expect(await main(manager.page)).toContain('What was written is for those on the case')
    expect(await main(manager.page)).not.toContain('corridor')
    expect(await manager.page.getByRole('link', { name: 'Reduce or correct it' }).count()).toBe(0)
    await manager.context.close()
    const worker = await visit(browser, stack.url)
    await signIn(worker, 'Daniel Kowalczyk')
    expect(await worker.page.getByRole('link', { name: 'Exclusions' }).count()).toBe(0)
    expect((await worker.page.goto('/exclusions'))?.status()).toBe(403)
    expect((await worker.page.goto(`/pupils/${stack.world.exclusions.get('exclusion-long')!.pupilId}`))?.status()).toBe(200)
    expect(await main(worker.page)).not.toContain('Suspensions and exclusions')
    await worker.context.close()
  })

  test('when exclusions do not answer, the other pages still do, and say so', async () => {
    stack.world.down.add('exclusions')
    const { pupilId } = stack.world.exclusions.get('exclusion-long')!
    for (const path of ['/', `/pupils/${pupilId}`, `/pupils/${pupilId}/timeline`, '/schools/900001']) {
      expect((await page.goto(path))?.status()).toBe(200)
      expect(await main(page)).toMatch(/We could not load exclusions (and early intervention )?just now/)
    }
    expect((await page.goto('/exclusions'))?.status()).toBe(503)
  })
})
