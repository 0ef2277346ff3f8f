import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectSound, launch, signIn, visit, type Visitor } from '../browser'
import { heading } from '../journey'
import { startStack, type Stack } from '../stub/stack'

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

async function send(page: Page, content: string, name = 'register.csv'): Promise<void> {
  await page.locator('#file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
  await page.getByRole('button', { name: 'Send the file' }).click()
}

const header = 'upn,date,am,pm\n'

describe.each([true, false])('A register, with JavaScript: %s', javaScript => {
  let visitor: Visitor
  let page: Page
  beforeAll(async () => {
    visitor = await visit(browser, stack.url, { javaScript })
    page = visitor.page
    await signIn(visitor, 'Amara Osei')
  })
  afterAll(() => visitor.context.close())

  test('all rows good', async () => {
    await page.goto('/imports/new')
    await send(page, `${header}R201100018042,2026-11-20,/,\\\n`)
    expect(await heading(page)).toBe('The 1 row of the file is in Pathways')
    if (javaScript) await expectSound(visitor)
  })

  test('some rows refused: each with row, column, value, reason, advice; and a file to correct', async () => {
    await page.goto('/imports/new')
    await send(page, `${header}R201100018042,2026-11-20,/,\\\nbad<b>,2026-11-20,/,\\\n`)
    expect(await heading(page)).toBe('1 row kept, 1 refused')
    const cells = await page.getByRole('row', { name: /The check letter/ }).getByRole('cell').allInnerTexts()
    expect(cells).toEqual(['3', 'upn', 'bad<b>', 'The check letter does not fit.', 'Copy the UPN again from your system.'])
    if (javaScript) await expectSound(visitor)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the refused rows (CSV)' }).click()])
    expect(download.suggestedFilename()).toBe('refused-rows.csv')
  })

  test('the whole file refused, as chosen', async () => {
    await page.goto('/imports/new')
    await page.getByLabel('Refuse the whole file').check()
    await send(page, `${header}bad,2026-11-20,/,\\\n`)
    expect(await heading(page)).toBe('The file was refused: nothing has changed')
  })

  test('dates that can be read in two ways are asked about', async () => {
    await page.goto('/imports/new')
    await send(page, `${header}R201100018042,ambiguous,/,\\\n`)
    await page.getByRole('link', { name: /say how its dates are written/ }).click()
    await page.getByLabel('Day first, such as 01/09/2026').check()
    await send(page, `${header}R201100018042,ambiguous,/,\\\n`)
    expect(await heading(page)).toMatch(/in Pathways$/)
  })

  test('no file, and a file too large', async () => {
    await page.goto('/imports/new')
    await page.getByRole('button', { name: 'Send the file' }).click()
    expect(await page.title()).toMatch(/^Error: /)
    expect(await page.getByRole('link', { name: 'Select a file' }).isVisible()).toBe(true)
    await send(page, `${header}${'x'.repeat(1200 * 1024)}`)
    expect(await page.getByRole('link', { name: 'The file must be smaller than 1 MB' }).isVisible()).toBe(true)
    if (javaScript) await expectSound(visitor)
  })

  test('a long one shows its progress, and the outcome by itself', async () => {
    await page.goto('/imports/new')
    await send(page, `${header}slow,2026-11-20,/,\\\n`)
    expect(await heading(page)).toBe('The file is being checked')
    if (javaScript) await expectSound(visitor)
    // Without JavaScript the page asks for itself every 5 seconds.
    await expect.poll(() => heading(page), { timeout: 15_000, interval: 500 }).toMatch(/in Pathways$/)
  })
})

test('A form without its token is refused, and nothing is sent on', async () => {
  const visitor = await visit(browser, stack.url)
  await signIn(visitor, 'Amara Osei')
  const before = stack.world.imports.size
  const forged = await visitor.context.request.post('/imports/new', {
    multipart: { _csrf: 'forged', import_id: crypto.randomUUID(), urn: '900001', on_bad_rows: 'keep', file: { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(header) } },
  })
  expect(forged.status()).toBe(403)
  expect(stack.world.imports.size).toBe(before)
  await visitor.context.close()
})
