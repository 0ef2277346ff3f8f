import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PlanState } from '../../gen/pathways/panel/v1/reintegration_pb'
import { PlacementState } from '../../gen/pathways/panel/v1/service_pb'
import { expectSound, launch, signIn, visit, type Visitor } from '../browser'
import { heading } from '../journey'
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

async function fillDay(page: Page, group: string, [day, month, year]: [string, string, string]): Promise<void> {
  const asked = page.getByRole('group', { name: group })
  await asked.getByLabel('Day').fill(day)
  await asked.getByLabel('Month').fill(month)
  await asked.getByLabel('Year').fill(year)
}

async function as(stack: Stack, name: string, javaScript: boolean): Promise<Visitor> {
  const visitor = await visit(browser, stack.url, { javaScript })
  visitor.page.setDefaultTimeout(8_000)
  await signIn(visitor, name)
  return visitor
}

// Axe needs JavaScript.
async function expectSoundWhere(javaScript: boolean, visitor: Visitor): Promise<void> {
  if (javaScript) await expectSound(visitor)
}

describe.each([true, false])('Places and returns, with JavaScript: %s', javaScript => {
  let stack: Stack
  beforeAll(async () => {
    stack = await startStack()
    furnish(stack.world)
  })
  afterAll(() => stack.close())

  test('an officer enters a provider, keeps a check and adds a programme; a second editor is told', async () => {
    const officer = await as(stack, 'Priya Raman', javaScript)
    const { page } = officer
    await page.goto('/panel/providers')
    await press(page, 'Enter a provider')
    await page.getByLabel('What is it called?').fill('Hill Farm')
    await page.getByLabel('Not registered').check()
    await page.getByLabel('Easting (optional)').fill('504960')
    await press(page, 'Save')
    expect(await main(page)).toContain('Enter both grid references in metres, or neither')
    await page.getByLabel('Northing (optional)').fill('249570')
    await page.getByRole('checkbox', { name: /^Joe McAllister/ }).check()
    await press(page, 'Save')
    expect(await heading(page)).toBe('Hill Farm')
    expect(await main(page)).toContain('Joe McAllister')
    await page.getByRole('link', { name: 'Keep a check of safeguarding' }).click()
    await page.getByRole('radio', { name: 'Met', exact: true }).check()
    await fillDay(page, 'When was it checked?', ['2', '11', '2026'])
    await fillDay(page, 'When is the next one due?', ['2', '11', '2027'])
    await press(page, 'Keep it')
    expect(await main(page)).toContain('Check kept: safeguarding.')
    await press(page, 'Add a programme')
    await page.getByLabel('What is it called?').fill('Animal care')
    await page.getByRole('radio', { name: /^Tier 1/ }).check()
    await page.getByLabel('Secondary').check()
    await page.getByLabel('Behaviour', { exact: true }).check()
    await page.getByLabel('What does a full week cost, in pounds?').fill('three hundred')
    await page.getByLabel('Places on Monday').fill('4')
    await press(page, 'Save')
    expect(await main(page)).toContain('Enter an amount in pounds, such as 412.50')
    await page.getByLabel('What does a full week cost, in pounds?').fill('300')
    await press(page, 'Save')
    expect(await main(page)).toContain('Monday: 4 of 4 free')
    await expectSoundWhere(javaScript, officer)

    await page.goto('/panel/providers/provider-yard/change')
    const yard = stack.world.panel.providers.get('provider-yard')!
    Object.assign(yard, { name: 'The Old Yard', version: yard.version + 1n })
    await page.getByLabel('What is it called?').fill('The New Yard')
    await press(page, 'Save')
    expect(await heading(page)).toBe('Someone else changed this provider')
    expect(await main(page)).toContain('The Old Yard')
    await press(page, 'Send mine again')
    expect(stack.world.panel.providers.get('provider-yard')?.name).toBe('The New Yard')
    await officer.context.close()
  })

  test('a school answers the place asked of it, and cannot do more with it', async () => {
    const school = await as(stack, 'Amara Osei', javaScript)
    const { page } = school
    await page.goto('/')
    await page.getByRole('link', { name: /place asked of you/ }).click()
    await page.goto('/panel/placements/placement-school')
    expect(await main(page)).toContain('Needs a quiet place at break.')
    await page.getByRole('link', { name: 'Answer the offer' }).click()
    expect(await page.getByRole('radio', { name: 'The authority takes it back' }).count()).toBe(0)
    await page.getByRole('radio', { name: 'Accept' }).check()
    await press(page, 'Save')
    expect(stack.world.panel.placements.get('placement-school')?.state).toBe(PlacementState.ACCEPTED)
    expect(await page.getByRole('link', { name: 'The pupil has started' }).count()).toBe(0)
    await school.context.close()
  })

  test('a return is planned step by step, agreed, and the receiving school reviews it', async () => {
    const officer = await as(stack, 'Priya Raman', javaScript)
    const { page } = officer
    await page.goto('/panel/placements/placement-started')
    expect(await main(page)).toContain('31 of 40 sessions (77.5%)')
    await page.getByRole('link', { name: 'Plan the return to a school' }).click()
    await fillDay(page, 'First day there', ['13', '1', '2027'])
    await page.getByLabel('What helps the pupil there?').fill('Soon')
    await press(page, 'Save the plan')
    expect(await main(page)).toContain('Write at least 10 characters')
    await page.getByLabel('What helps the pupil there?').fill('The same mentor, at the gate every morning.')
    await press(page, 'Save the plan')
    expect(await main(page)).toContain('Add at least one step')
    await press(page, 'Add a step')
    await page.getByLabel('What is done?').fill('Meet the form tutor')
    await page.getByLabel('Receiving school').check()
    await fillDay(page, 'By when?', ['12', '1', '2027'])
    await press(page, 'Save the step')
    await page.getByRole('link', { name: 'Keep that it is agreed' }).click()
    await page.getByRole('group', { name: 'Does the school the pupil goes to agree?' }).getByLabel('No').check()
    await page.getByRole('group', { name: 'Do the parents agree?' }).getByLabel('Yes').check()
    await press(page, 'It is agreed')
    expect(await main(page)).toContain('The school the pupil goes to has to agree first')
    await page.getByRole('group', { name: 'Does the school the pupil goes to agree?' }).getByLabel('Yes').check()
    await press(page, 'It is agreed')
    expect(await main(page)).toContain('Agreed. The school has the plan.')
    await expectSoundWhere(javaScript, officer)

    stack.world.panel.plans.get('placement-started')!.state = PlanState.RETURNED
    const school = await as(stack, 'Amara Osei', javaScript)
    await school.page.goto('/panel/returns')
    await school.page.goto('/panel/placements/placement-started/return')
    await press(school.page, /^Mark as done/)
    expect(await main(school.page)).toContain('done 24 November 2026')
    await school.page.getByRole('link', { name: 'Keep a review of the return' }).click()
    await fillDay(school.page, 'Day of the review', ['24', '11', '2026'])
    await school.page.getByRole('radio', { name: /^The return has held/ }).check()
    await school.page.getByLabel('What was said?').fill('In every lesson but French.')
    await press(school.page, 'Keep the review')
    expect(await main(school.page)).toContain('The return has held')
    for (const { context } of [officer, school]) await context.close()
  })
})
