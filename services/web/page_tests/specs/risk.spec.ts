import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectSound, launch, signIn, visit } from '../browser'
import { heading } from '../journey'
import { startStack, type Stack } from '../stub/stack'
import { addRisk } from '../stub/risk'

let browser: Browser
let stack: Stack
beforeAll(async () => {
  browser = await launch()
  stack = await startStack()
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

describe.each([true, false])('Early intervention, with JavaScript: %s', javaScript => {
  test('an officer sees why help is proposed and decides; a colleague who was slower gets both versions', async () => {
    const id = `risk-${javaScript ? 'with' : 'without'}`
    addRisk(stack.world, id, stack.world.pupils.find(({ urn }) => urn === 900001)?.pupilId ?? '')
    const slower = await visit(browser, stack.url, { javaScript })
    await signIn(slower, 'Priya Raman', `/exclusions/risk/${id}`)
    const visitor = await visit(browser, stack.url, { javaScript })
    const { page } = visitor
    await signIn(visitor, 'Priya Raman')
    await page.getByRole('link', { name: /for whom help is proposed/ }).click()
    await page.getByRole('table').getByRole('link').first().click()
    const main = page.getByRole('main')
    expect(await main.innerText()).toContain('Why am I seeing this?')
    expect(await page.getByRole('row', { name: /^3 suspensions/ }).innerText()).toContain('Fewer than 2 would take 25 points off')
    await page.getByRole('button', { name: 'Save the decision' }).click()
    expect(await page.getByRole('alert').innerText()).toMatch(/Select what should happen\s+Enter why/)
    await page.getByLabel('The school supports the pupil').check()
    await page.getByLabel('Why?').fill('A mentor twice a week from Monday.')
    await page.getByRole('button', { name: 'Save the decision' }).click()
    await page.waitForLoadState()
    expect(await main.innerText()).toContain('A mentor twice a week from Monday.')
    if (javaScript) await expectSound(visitor)

    await slower.page.getByLabel('Take it to the Securing Education Panel').check()
    await slower.page.getByLabel('Why?').fill('The head teacher asked for the panel.')
    await slower.page.getByRole('button', { name: 'Save the decision' }).click()
    expect(await heading(slower.page)).toBe('Someone else changed this proposal')
    expect(await slower.page.getByRole('main').innerText()).toMatch(/The head teacher asked for the panel\.[\s\S]*A mentor twice a week/)
    await slower.page.getByRole('button', { name: 'Save mine' }).click()
    await slower.page.waitForLoadState()
    expect(await slower.page.getByRole('main').innerText()).toMatch(/Take it to the Securing Education Panel[\s\S]*Another decision came after it/)
    await slower.page.getByRole('link', { name: 'See the pupil’s attendance, requests and exclusions' }).click()
    await slower.page.getByRole('table', { name: 'Proposals of help before an exclusion' }).getByRole('link').first().waitFor()
    await slower.page.getByRole('link', { name: 'Proposal of help' }).click()
    expect(await heading(slower.page)).toMatch(/^Help is proposed/)
    await slower.context.close()
    await visitor.context.close()
  })
})

test('a manager drafts weights, sees what they would have proposed and whom, and switches them on', async () => {
  const visitor = await visit(browser, stack.url, { javaScript: false })
  const { page } = visitor
  await signIn(visitor, 'Helen Whitmore')
  await page.getByRole('link', { name: 'How facts are weighed before help is proposed' }).click()
  await page.getByRole('link', { name: 'Begin a draft' }).click()
  await page.getByLabel('Help is proposed from this many points, above year 6').fill('none')
  await page.getByRole('button', { name: /Save the draft/ }).click()
  expect(await page.getByRole('alert').innerText()).toContain('enter a number from 1 to 999')
  await page.getByLabel('Help is proposed from this many points, above year 6').fill('55')
  await page.getByRole('button', { name: /Save the draft/ }).click()
  expect(await heading(page)).toBe('What the draft would have proposed')
  expect(await page.getByRole('main').innerText()).toContain('31 pupils instead of 40')
  await page.getByRole('link', { name: 'See whom the draft would pick out' }).click()
  expect(await page.getByRole('table', { name: /^Ethnic group/ }).innerText()).toContain('hidden')
  await page.goto('/exclusions/risk/weights/switch-on')
  expect(await page.getByRole('main').innerText()).toContain('It changes: help is proposed.')
  await page.getByLabel('Why are the weights changed?').fill('Fewer and surer proposals.')
  await page.getByRole('button', { name: 'Switch it on' }).click()
  expect(await page.getByRole('main').innerText()).toMatch(/Weights 1\. Switched on .* by Helen Whitmore/)
  expect((await page.goto('/exclusions/risk'))?.status()).toBe(403)
  await visitor.context.close()
})
