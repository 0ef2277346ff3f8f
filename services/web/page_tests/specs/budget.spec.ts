import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch, signIn, visit, type Visitor } from '../browser'
import { startStack, type Stack } from '../stub/stack'
import { furnish } from '../tour'

let browser: Browser
let stack: Stack
let school: Visitor

beforeAll(async () => {
  browser = await launch()
  stack = await startStack()
  furnish(stack.world)
  school = await visit(browser, stack.url)
  await signIn(school, 'Amara Osei')
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

test('a first view: at most 100 KB in 8 requests, from one host', async () => {
  const fresh = await visit(browser, stack.url)
  await fresh.context.addCookies(await school.context.cookies())
  const sizes: number[] = []
  const hosts = new Set<string>()
  fresh.page.on('requestfinished', async request => {
    hosts.add(new URL(request.url()).host)
    sizes.push((await request.sizes()).responseBodySize)
  })
  await fresh.page.goto('/', { waitUntil: 'networkidle' })
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  console.log(`first view: ${bytes} bytes in ${sizes.length} requests`)
  expect(bytes).toBeLessThanOrEqual(100 * 1024)
  expect(sizes.length).toBeLessThanOrEqual(8)
  expect([...hosts]).toEqual([new URL(stack.url).host])
  await fresh.context.close()
})

test('style and script: at most 30 KB each', async () => {
  const html = await (await school.context.request.get('/help')).text()
  for (const name of [/\/assets\/pathways-\w+\.css/, /\/assets\/pathways-\w+\.js/]) {
    const asset = await school.context.request.get(name.exec(html)![0])
    expect(gzipSync(await asset.body()).length).toBeLessThanOrEqual(30 * 1024)
    expect(asset.headers()['cache-control']).toContain('immutable')
  }
})

test('a list of 50 rows: at most 120 KB of HTML', async () => {
  const html = await (await school.context.request.get('/schools/900001/attendance')).text()
  expect(html.match(/<tr/g)?.length).toBe(51)
  console.log(`50 rows: ${html.length} characters`)
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(120 * 1024)
})

test('pages of one user come quickly, and are never kept by the browser', async () => {
  const milliseconds: number[] = []
  for (let turn = 0; turn < 60; turn += 1) {
    const started = performance.now()
    const answer = await school.context.request.get('/requests')
    milliseconds.push(performance.now() - started)
    expect(answer.headers()['cache-control']).toBe('no-store')
  }
  const p95 = milliseconds.slice(10).sort((one, other) => one - other)[Math.floor(50 * 0.95)]!
  console.log(`/requests p95: ${p95.toFixed(1)} ms, browser and stub services on the same machine`)
  // The budget without backends is 30 ms; here four calls of stub services and the test's own client are in it.
  expect(p95).toBeLessThan(150)
})

test('nothing moves after it was painted, and the largest part is there soon', async () => {
  await school.page.goto('/schools/900001', { waitUntil: 'load' })
  const measured = await school.page.evaluate(
    () =>
      new Promise<{ lcp: number; cls: number }>(resolve => {
        let lcp = 0
        let cls = 0
        new PerformanceObserver(list => list.getEntries().forEach(entry => (lcp = entry.startTime))).observe({ type: 'largest-contentful-paint', buffered: true })
        new PerformanceObserver(list => list.getEntries().forEach(entry => (cls += (entry as unknown as { value: number }).value))).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve({ lcp, cls }), 500)
      }),
  )
  expect(measured.cls).toBeLessThanOrEqual(0.02)
  expect(measured.lcp).toBeLessThanOrEqual(1500)
})
