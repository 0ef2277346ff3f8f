import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, signIn, visit, type Visitor } from '../browser'
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
