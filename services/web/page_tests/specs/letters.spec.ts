import { readFile } from 'node:fs/promises'
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

describe.each([true, false])('Letters, with JavaScript: %s', javaScript => {
  test('a school writes one, looks at it, changes it, keeps it, downloads it and says how it went', async () => {
    const visitor = await visit(browser, stack.url, { javaScript })
    const { page } = visitor
    const main = page.getByRole('main')
    await signIn(visitor, 'Tom Hargreaves', '/exclusions/exclusion-permanent')
    await page.getByRole('link', { name: 'Letters' }).click()
    await page.getByText('Letters that cannot be written now').click()
    if (javaScript) expect(await main.innerText()).toContain('The governing board has not decided.')
    await page.getByRole('link', { name: 'Invitation to the governing board’s meeting' }).click()
    expect(await page.getByLabel('Who writes?').inputValue()).toContain('Tom Hargreaves')

    await page.getByRole('button', { name: 'See the letter' }).click()
    expect(await page.title()).toMatch(/^Error: /)
    await page.getByRole('link', { name: 'Enter the day of the meeting' }).waitFor()
    await page.getByLabel('Who is the letter to?').fill('Ms J Ashdown\n1 High Street')
    for (const [part, value] of [['Day', '1'], ['Month', '12'], ['Year', '2026']] as const) await page.getByLabel(part).fill(value)
    await page.getByLabel('At what time?').fill('9.30')
    await page.getByLabel('Where?').fill('Room 2')
    await page.getByLabel('How, and to whom, can they answer?').fill('clerk@example.org')
    await page.getByLabel('What else do you want to say?').fill('refuse me')
    await page.getByRole('button', { name: 'See the letter' }).click()
    await page.getByRole('link', { name: 'Write it in other words' }).waitFor()
    await page.getByLabel('What else do you want to say?').fill('See <you> & us.\n\n# soon')
    await page.getByRole('button', { name: 'See the letter' }).click()

    expect(await heading(page)).toBe('Check the letter before you keep it')
    expect(await main.innerText()).toContain('after Monday 28 September 2026, the last day that the law sets')
    expect(await page.locator('.app-letter').innerText()).toContain('See <you> & us.')
    if (javaScript) await expectSound(visitor)
    await page.getByRole('button', { name: 'Change it' }).click()
    expect(await page.getByLabel('Where?').inputValue()).toBe('Room 2')
    await page.getByRole('button', { name: 'See the letter' }).click()
    // The wording changes under the writer: they see the letter as it is now before they keep it.
    stack.world.letters.versions.push({ text: 'of a colleague', by: 'demo-priya-raman' })
    await page.getByRole('button', { name: 'Keep the letter' }).click()
    expect(await main.innerText()).toContain('has changed since you looked')
    await page.getByRole('button', { name: 'Keep the letter' }).click()
    await page.getByText('The letter is kept.').waitFor()
    expect(await main.innerText()).toContain('It is as it was kept.')

    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download as PDF' }).click()
    const download = await coming
    expect(download.suggestedFilename()).toMatch(/^EX-.*-board-invitation\.pdf$/)
    expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-')
    await page.getByLabel('By post').check()
    await page.getByRole('button', { name: 'Record how it went' }).click()
    expect(await main.innerText()).toMatch(/Downloaded on .*By post on /s)
    await page.getByRole('link', { name: 'Letters', exact: true }).click()
    expect(await page.getByRole('row', { name: /^Invitation/ }).innerText()).toContain('By post')
    stack.world.letters.kept.clear()
    stack.world.letters.versions.length = 0
    await visitor.context.close()
  })

  test('an officer changes the wording: what the law asks for must be in it, and a colleague is not overwritten', async () => {
    const visitor = await visit(browser, stack.url, { javaScript })
    const { page } = visitor
    const main = page.getByRole('main')
    await signIn(visitor, 'Priya Raman', '/exclusions/exclusion-permanent/letters')
    await page.getByRole('link', { name: 'Change the wording of letters' }).click()
    await page.getByRole('link', { name: 'Notice of a permanent exclusion' }).click()
    const wording = page.getByLabel('Wording')
    const before = await wording.inputValue()
    await wording.fill(before.replace('{{reasons}}', ''))
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.title()).toMatch(/^Error: /)
    expect(await main.innerText()).toContain('put {{reasons}} in it (SI 2012/1033 reg. 5)')
    await wording.fill(`${before}\nMine.`)
    await page.getByRole('button', { name: 'Preview' }).click()
    expect(await page.locator('.app-letter').innerText()).toContain('Mine.')
    stack.world.letters.versions.push({ text: `${before}\nTheirs.`, by: 'demo-tom-hargreaves' })
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await heading(page)).toBe('Someone else changed this template')
    await page.getByRole('button', { name: 'Replace it with mine' }).click()
    await page.getByText('The wording is saved.').waitFor()
    expect(await wording.inputValue()).toContain('Mine.')
    await page.getByRole('link', { name: 'As it comes with Pathways' }).click()
    expect(await wording.inputValue()).not.toContain('Mine.')
    if (javaScript) await expectSound(visitor)
    stack.world.letters.versions.length = 0
    await visitor.context.close()
  })
})
