import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, signIn, visit } from '../browser'
import { heading } from '../journey'
import { startStack, type Stack } from '../stub/stack'

let browser: Browser
let stack: Stack
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

describe.each([true, false])('Settings of the authority, with JavaScript: %s', javaScript => {
  test('an administrator changes one, corrects a mistake, and meets a colleague’s change', async () => {
    stack = await startStack()
    const visitor = await visit(browser, stack.url, { javaScript })
    const { page } = visitor
    const main = page.getByRole('main')
    await signIn(visitor, 'Ruth Lindqvist', '/settings')
    await page.getByRole('link', { name: 'Change time to decide' }).click()
    expect(await heading(page)).toBe('Within how many working days?')
    await page.getByRole('textbox').fill('21')
    await page.getByRole('button', { name: 'Set it' }).click()
    expect(await page.title()).toMatch(/^Error: /)
    await page.getByRole('link', { name: 'Enter a whole number from 1 to 20' }).waitFor()
    await page.getByRole('textbox').fill('5')
    await page.getByRole('button', { name: 'Set it' }).click()
    await page.getByText('Set: 5 working days.').waitFor()
    expect(await main.innerText()).toContain('Ruth Lindqvist')

    await page.getByRole('link', { name: 'Change sessions before absence' }).click()
    // Somebody else sets it while the page is open.
    const theirs = stack.world.settings.attendance
    theirs.value = 40
    theirs.version += 1n
    await page.getByRole('textbox').fill('25')
    await page.getByRole('button', { name: 'Set it' }).click()
    expect(await main.innerText()).toContain('40')
    await page.getByRole('button', { name: 'Send mine again' }).click()
    await page.getByText('Set: 25 sessions.').waitFor()
    expect(theirs.value).toBe(25)
    expect(visitor.problems).toEqual([])
    await visitor.context.close()
    await stack.close()
  })
})
