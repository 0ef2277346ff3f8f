import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectSound, launch, signIn, visit } from '../browser'
import { heading } from '../journey'
import { startStack, type Stack } from '../stub/stack'
import { furnish } from '../tour'

let browser: Browser
let stack: Stack
beforeAll(async () => {
  browser = await launch()
  stack = await startStack()
  furnish(stack.world)
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

describe.each([true, false])('Exclusions over the years, with JavaScript: %s', javaScript => {
  test('a manager goes from home to a number, its cases, where one came from, and back to the same figures', async () => {
    const visitor = await visit(browser, stack.url, { javaScript })
    const { page } = visitor
    await signIn(visitor, 'Helen Whitmore')
    await page.getByRole('link', { name: 'How exclusions develop over the years' }).click()
    expect(await page.getByRole('figure').innerText()).toContain('Suspensions per 100 pupils')
    await page.getByLabel('Divided by').selectOption('Special educational needs')
    await page.getByLabel('Show as').selectOption('Count')
    await page.getByRole('button', { name: 'Apply filters' }).click()
    await page.waitForURL(/by=sen_provision/)
    const figures = await page.getByRole('table').innerText()
    const row = page.getByRole('row', { name: /^SEN support/ })
    await row.getByRole('link').last().click()
    expect(await heading(page)).toBe('Suspensions, 2026/27')
    expect(await page.getByRole('main').innerText()).toContain('Special educational needs: SEN support')
    const cases = page.url()
    await page.getByRole('table').getByRole('link').first().click()
    await page.getByRole('link', { name: 'What was decided' }).click()
    expect(await page.getByRole('main').innerText()).toMatch(/Where it came from\s+(Recorded on a page|Row \d+ of the file)/)
    await page.getByRole('link', { name: 'Cases behind the number' }).click()
    expect(page.url()).toBe(cases)
    await page.getByRole('link', { name: 'Exclusions over the years' }).click()
    expect(await page.getByRole('table').innerText()).toBe(figures)
    if (javaScript) await expectSound(visitor)
    await visitor.context.close()
  })
})

test('a point of the chart leads to the same cases as its number in the table', async () => {
  const visitor = await visit(browser, stack.url)
  const { page } = visitor
  await signIn(visitor, 'Helen Whitmore', '/exclusions/trends')
  const inTable = await page.getByRole('table').getByRole('link').last().getAttribute('href')
  expect(await page.locator('svg a').last().getAttribute('href')).toBe(inTable)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download these figures as a file (CSV)' }).click()
  expect((await download).suggestedFilename()).toBe('trends.csv')
  await visitor.context.close()
})

test('a school sees its own in full, and of the authority no small number and no case', async () => {
  const visitor = await visit(browser, stack.url, { javaScript: false })
  const { page } = visitor
  await signIn(visitor, 'Amara Osei', '/exclusions/trends')
  expect(await page.getByLabel('Schools').inputValue()).toBe('school-900001')
  await page.getByLabel('Schools').selectOption('Demonstration Borough, all schools')
  await page.getByRole('button', { name: 'Apply filters' }).click()
  await page.waitForURL(/where=authority/)
  expect(await page.getByRole('table').innerText()).toContain('hidden')
  expect(await page.getByRole('main').innerText()).toContain('You do not work with all cases of this authority')
  expect(await page.getByRole('table').getByRole('link').count()).toBe(0)
  expect((await page.goto('/exclusions/trends/cases?where=authority&year=202627'))?.status()).toBe(403)
  await visitor.context.close()
})
