import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { expect } from 'vitest'

// Debian's Chromium, or the one named: nothing is downloaded.
export function launch(): Promise<Browser> {
  const executablePath = process.env.PATHWAYS_CHROMIUM ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

export interface Visitor {
  context: BrowserContext
  page: Page
  // Lines on the console that are errors, but for Chromium's own about a document that was meant to be 4xx or 5xx.
  problems: string[]
}

export interface Options {
  javaScript?: boolean
  width?: number
}

export async function visit(browser: Browser, url: string, { javaScript = true, width = 1280 }: Options = {}): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: url,
    javaScriptEnabled: javaScript,
    viewport: { width, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' && !/the server responded with a status of [45]\d\d/.test(message.text())) problems.push(message.text())
  })
  page.on('pageerror', error => problems.push(error.message))
  return { context, page, problems }
}

// Through the real sign-in: the identity provider's page, a button, and back.
export async function signIn({ page }: Visitor, name: string, path = '/'): Promise<void> {
  await page.goto(path)
  await page.getByRole('button', { name }).click()
  await page.waitForURL(url => url.pathname === path.split('?')[0])
}

export const sizes = { wide: { width: 1280, height: 900 }, narrow: { width: 320, height: 900 } }

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

// What axe cannot decide by itself and a person has looked at, with what they found.
const reviewed = new Set([
  // It cannot see the background of text in charts (black on white), of cells that are scrolled out of view (black on
  // white) and of the timeline, whose line is drawn over it (black and #484949 on white): all above 4.5 to 1.
  'color-contrast',
])

// What depends on where things stand, not on what they are.
const layoutRules = ['target-size', 'scrollable-region-focusable']

// What axe finds, as lines to read; empty when all is well. (Axe itself needs JavaScript.)
export function axe(page: Page): Promise<string[]> {
  return findings(new AxeBuilder({ page }).withTags(rules))
}

async function findings(builder: AxeBuilder): Promise<string[]> {
  // Legacy mode looks at one document and opens no second page to do so: ours have no frames.
  const { violations, incomplete } = await builder.setLegacyMode().analyze()
  return [...violations, ...incomplete.filter(({ id }) => !reviewed.has(id))].map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  )
}

// Nothing wider than the window: at 320 pixels that is WCAG 1.4.10.
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

export async function expectSound(visitor: Visitor): Promise<void> {
  expect(await axe(visitor.page), `axe on ${visitor.page.url()}`).toEqual([])
  expect(await overflow(visitor.page), `overflow on ${visitor.page.url()}`).toBe(0)
  expect(visitor.problems, `console on ${visitor.page.url()}`).toEqual([])
}

// The page that was found sound, in a window of another size.
export async function expectSoundLayout({ page, problems }: Visitor): Promise<void> {
  expect(await overflow(page), `overflow on ${page.url()}`).toBe(0)
  expect(await findings(new AxeBuilder({ page }).withRules(layoutRules)), `axe on ${page.url()}`).toEqual([])
  expect(problems, `console on ${page.url()}`).toEqual([])
}
