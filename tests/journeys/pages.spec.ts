import { gzipSync } from 'node:zlib'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { url } from './support/environment'
import { pagesOf, tours } from './support/tours'
import { axe, Visitor } from './support/visitor'

// The main pages with a borough's data: what a first view weighs, and that it holds on a narrow screen.

const most = { transferred: 100 * 1024, requests: 8, html: 120 * 1024, asset: 30 * 1024 }
const narrow = { width: 320, height: 640 }

interface View {
  transferred: number
  requests: number
  html: number
  hosts: string[]
}

// A page as someone sees it whose browser has kept nothing.
async function firstView(browser: Browser, visitor: Visitor, path: string, look: (page: Page) => Promise<void>): Promise<View> {
  const context = await browser.newContext({ storageState: await visitor.page.context().storageState() })
  const page = await context.newPage()
  const sizes: Promise<number>[] = []
  const hosts = new Set<string>()
  let started = 0
  page.on('request', request => {
    if (!request.url().startsWith('data:')) started++
  })
  page.on('requestfinished', request => {
    if (request.url().startsWith('data:')) return
    hosts.add(new URL(request.url()).origin)
    sizes.push(request.sizes().then(({ responseHeadersSize, responseBodySize }) => responseHeadersSize + responseBodySize))
  })
  const answer = await page.goto(path)
  expect(answer?.status(), path).toBe(200)
  await expect.poll(() => sizes.length, { message: `requests of ${path} answered` }).toBe(started)
  const html = (await answer?.body())?.length ?? 0
  const transferred = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  await look(page)
  await context.close()
  return { transferred, requests: sizes.length, html, hosts: [...hosts] }
}

async function fitsNarrow(page: Page): Promise<void> {
  await page.setViewportSize(narrow)
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(tooWide, `pixels too wide: ${page.url()}`).toBe(0)
  expect(await axe(page), `axe at 320 pixels on ${page.url()}`).toEqual([])
}

for (const name of Object.keys(tours)) {
  test(`the pages of ${name} keep their budget`, async ({ browser }) => {
    const visitor = await Visitor.signIn(browser, name, true)
    for (const path of await pagesOf(name, visitor)) {
      const view = await firstView(browser, visitor, path, fitsNarrow)
      const said = `${path}: ${JSON.stringify(view)}`
      test.info().annotations.push({ type: 'view', description: said })
      expect(view.transferred, said).toBeLessThanOrEqual(most.transferred)
      expect(view.requests, said).toBeLessThanOrEqual(most.requests)
      expect(view.html, said).toBeLessThanOrEqual(most.html)
      expect(view.hosts, said).toEqual([new URL(url).origin])
    }
    await visitor.page.context().close()
  })
}

test('style and script stay small', async ({ request }) => {
  const html = await (await request.get('/signed-out')).text()
  const assets = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g)].map(([, path]) => path ?? '')
  expect(assets.length).toBeGreaterThanOrEqual(2)
  for (const path of assets) {
    const answer = await request.get(path)
    expect(gzipSync(await answer.body()).length, path).toBeLessThanOrEqual(most.asset)
    expect(answer.headers()['content-encoding'], path).toMatch(/^(br|gzip)$/)
    expect(answer.headers()['cache-control'], path).toContain('immutable')
  }
})
