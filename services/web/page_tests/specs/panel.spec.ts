import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CaseState } from '../../gen/pathways/panel/v1/service_pb'
import { expectSound, launch, signIn, visit, type Visitor } from '../browser'
import { heading } from '../journey'
import { goodCase } from '../stub/panelRecords'
import { startStack, type Stack } from '../stub/stack'
import { furnish } from '../tour'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }).click()
  await page.waitForLoadState()
}

async function main(page: Page): Promise<string> {
  return page.getByRole('main').innerText()
}

async function as(stack: Stack, name: string, javaScript: boolean): Promise<Visitor> {
  const visitor = await visit(browser, stack.url, { javaScript })
  visitor.page.setDefaultTimeout(8_000)
  await signIn(visitor, name)
  return visitor
}

describe.each([true, false])('The panel, with JavaScript: %s', javaScript => {
  let stack: Stack
  beforeAll(async () => {
    stack = await startStack()
    furnish(stack.world)
  })
  afterAll(() => stack.close())

  test('a school refers a pupil, page by page, and sends it', async () => {
    const { page, context } = await as(stack, 'Amara Osei', javaScript)
    const pupil = stack.world.pupils.filter(({ urn }) => urn === 900001)[40]!
    await page.goto(`/pupils/${pupil.pupilId}`)
    await press(page, 'Refer to the panel')
    expect(await heading(page)).toMatch(/^Refer .* to the panel$/)
    await page.getByRole('link', { name: 'Why the panel should look at it' }).click()
    await press(page, 'Save and continue')
    expect(await page.title()).toMatch(/^Error: /)
    await page.getByLabel('At risk of permanent exclusion').check()
    await press(page, 'Save and continue')
    await page.getByLabel('What is happening, and why does it need the panel now?').fill(goodCase.reason!.reason!)
    await press(page, 'Save and continue')
    expect(await main(page)).toContain('1 of 6 sections are complete')

    await page.goto('/panel/cases/case-complete/check')
    await press(page, 'Send to the panel')
    expect(await main(page)).toContain('Waits for a sitting')
    expect(stack.world.panel.cases.get('case-complete')?.state).toBe(CaseState.REFERRED)
    await context.close()
  })

  test('a report is refused in words, added, downloaded, and taken off with its reason kept', async () => {
    const visitor = await as(stack, 'Amara Osei', javaScript)
    const { page, context } = visitor
    await page.goto('/panel/cases/case-other')
    await page.getByRole('link', { name: 'Files' }).click()
    await press(page, 'Add the file')
    expect(await main(page)).toContain('Select a file')
    const choose = (name: string, content: string) => page.getByLabel('Add a file').setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(content) })
    await choose('Report.pdf', 'MZ')
    await press(page, 'Add the file')
    expect([await page.title(), await main(page)]).toEqual([expect.stringMatching(/^Error: /), expect.stringContaining('The file must be a PDF')])
    await choose('Report.pdf', '%PDF-1.7 a report')
    await press(page, 'Add the file')
    expect(await main(page)).toContain('Not scanned for viruses')
    await expectSoundWhere(javaScript, visitor)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Report.pdf', exact: true }).click()])
    expect(download.suggestedFilename()).toBe('Report.pdf')
    const answer = await page.request.get(download.url())
    expect(answer.headers()).toMatchObject({ 'content-disposition': 'attachment; filename=Report.pdf', 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' })
    expect(await answer.text()).toBe('%PDF-1.7 a report')
    await page.getByRole('link', { name: /^Take off/ }).click()
    await page.getByLabel('Why is “Report.pdf” taken off this case?').fill('It belongs to another pupil.')
    await press(page, 'Take it off')
    expect(await main(page)).toContain('by Amara Osei: It belongs to another pupil.')
    await context.close()
  })

  test('a colleague who was first is shown, and nothing is lost', async () => {
    const { page, context } = await as(stack, 'Amara Osei', javaScript)
    await page.goto('/panel/cases/case-draft/sections/reason/details')
    const found = stack.world.panel.cases.get('case-draft')!
    found.sections[0]!.answers.find(({ key }) => key === 'reason')!.value = 'What a colleague wrote meanwhile.'
    found.version += 1n
    await page.getByLabel('What is happening, and why does it need the panel now?').fill('Mine.')
    await press(page, 'Save and continue')
    expect(await heading(page)).toBe('Someone else changed this case')
    expect(await main(page)).toContain('What a colleague wrote meanwhile.')
    await press(page, 'Replace it with mine')
    expect(found.caseId && stack.world.panel.cases.get('case-draft')?.sections.find(({ name }) => name === 'reason')?.answers.find(({ key }) => key === 'reason')?.value).toBe('Mine.')
    await context.close()
  })

  test('clerk, chair and member: from the agenda to a decision that is final', async () => {
    const clerk = await as(stack, 'Naomi Fletcher', javaScript)
    const { page } = clerk
    await page.goto('/panel/sittings/sitting-planned')
    await press(page, 'Fill free places by the clock')
    const [first, second] = stack.world.panel.sittings.get('sitting-planned')!.agenda.map(({ panelCase }) => panelCase?.caseId)
    await page.getByRole('button', { name: /^Move up/ }).first().click()
    await page.waitForLoadState()
    expect(stack.world.panel.sittings.get('sitting-planned')!.agenda.slice(0, 2).map(({ panelCase }) => panelCase?.caseId)).toEqual([second, first])
    await expectSoundWhere(javaScript, clerk)

    await page.goto('/panel/sittings/sitting-open')
    expect(await main(page)).toContain('No quorum: a head teacher missing')
    await page.getByLabel('Anita Desai').check()
    await press(page, 'Save who is there')
    expect(await main(page)).toContain('Quorum is met')
    await page.goto('/panel/sittings/sitting-open/cases/case-agenda/decision/alternative_provision')
    await press(page, 'Write it down')
    expect(await page.title()).toMatch(/^Error: /)
    await page.getByLabel('Tier 3: transitional placement').check()
    const review = page.getByRole('group', { name: 'When is the first review?' })
    await review.getByLabel('Day').fill('15')
    await review.getByLabel('Month').fill('1')
    await review.getByLabel('Year').fill('2027')
    await page.getByLabel('Why?').fill('A fresh start with fewer people is what the family and school ask for.')
    await page.getByLabel('By votes').check()
    await press(page, 'Write it down')
    expect(await main(page)).toContain('Alternative provision, tier 3')

    const member = await as(stack, 'Anita Desai', javaScript)
    await member.page.goto('/panel/sittings/sitting-open/cases/case-agenda')
    await press(member.page, 'For')
    const chair = await as(stack, 'Robert Ashworth', javaScript)
    await chair.page.goto('/panel/sittings/sitting-open/cases/case-agenda')
    expect(await main(chair.page)).toContain('1 for')
    await press(chair.page, 'Sign off')
    expect(await main(chair.page)).toContain('Final.')
    for (const { context } of [clerk, member, chair]) await context.close()
  })

  test('a place is matched, offered, accepted by the provider, and started', async () => {
    const clerk = await as(stack, 'Naomi Fletcher', javaScript)
    const { page } = clerk
    await page.goto('/panel/cases/case-decided')
    await page.getByRole('link', { name: 'Find a place' }).click()
    expect(await main(page)).toContain('No place is free on Tuesday.')
    await page.getByRole('link', { name: /^Offer this place/ }).click()
    const first = page.getByRole('group', { name: 'First day' })
    await first.getByLabel('Day').fill('24')
    await first.getByLabel('Month').fill('11')
    await first.getByLabel('Year').fill('2026')
    await press(page, 'Offer the place')
    expect(await main(page)).toContain('has just been given to another pupil')
    await page.getByLabel('Friday').uncheck()
    await press(page, 'Offer the place')
    expect(await main(page)).toContain('Offered, place held')

    const provider = await as(stack, 'Joe McAllister', javaScript)
    await provider.page.goto('/')
    await provider.page.getByRole('link', { name: /place asked of you/ }).click()
    await provider.page.locator('table a').first().click()
    await provider.page.getByRole('link', { name: 'Answer the offer' }).click()
    await provider.page.getByRole('radio', { name: 'Accept' }).check()
    await press(provider.page, 'Save')
    await provider.page.getByRole('link', { name: 'The pupil has started' }).click()
    await press(provider.page, 'Save')
    expect(await main(provider.page)).toContain('The pupil is there')
    for (const { context } of [clerk, provider]) await context.close()
  })

  test('without a panel the clerk sets one up, and is told what is wrong with it', async () => {
    stack.world.panel.panels.clear()
    const clerk = await as(stack, 'Naomi Fletcher', javaScript)
    const { page, context } = clerk
    await page.goto('/panel/sittings')
    await page.getByRole('button', { name: 'Set up a panel' }).click()
    await page.getByLabel('How many cases does a sitting take?').fill('61')
    await press(page, 'Set it up')
    expect(await main(page)).toContain('Enter a number from 1 to 60')
    await page.getByLabel('Primary').check()
    await page.getByLabel('What is it called?').fill('Primary panel')
    await page.getByLabel('How many cases does a sitting take?').fill('8')
    await press(page, 'Set it up')
    expect([...stack.world.panel.panels.values()]).toMatchObject([{ name: 'Primary panel', laCode: 999, usualCapacity: 8 }])
    expect(await main(page)).toContain('Plan a sitting')
    await expectSoundWhere(javaScript, clerk)
    await context.close()
  })

  test('while the panel does not answer, the other pages say so and work', async () => {
    const { page, context } = await as(stack, 'Priya Raman', javaScript)
    stack.world.down.add('panel')
    await page.goto('/')
    expect(await main(page)).toContain('We could not load the panel just now')
    expect((await page.goto('/panel/cases'))?.status()).toBe(503)
    expect((await page.goto('/exclusions/exclusion-permanent'))?.status()).toBe(200)
    stack.world.down.delete('panel')
    await page.goto('/exclusions/exclusion-permanent')
    await page.getByRole('link', { name: /^Panel case SP-/ }).click()
    expect(await heading(page)).toMatch(/^Panel case of /)
    await context.close()
  })
})

// Axe needs JavaScript.
async function expectSoundWhere(javaScript: boolean, visitor: Visitor): Promise<void> {
  if (javaScript) await expectSound(visitor)
}
