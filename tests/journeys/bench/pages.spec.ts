import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { url } from '../support/environment'
import { pagesOf, tours } from '../support/tours'
import { Visitor } from '../support/visitor'
import { latencies, percentile } from './load'

// How soon the HTML of a page is there when 20 a second are asked for, against a bare Node server that answers the same
// bytes from memory.

const perSecond = 20
const warmUp = 10
const asked = 100
const against = 'a bare Node server answering the same bytes'

interface Figure {
  name: string
  ours: number
  unit: 'ms'
  against: string
  theirs: number
  ratio: number
}

async function bareServer(html: Buffer): Promise<{ server: Server; address: string }> {
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

async function measure(name: string, address: string, cookie: string): Promise<Figure> {
  const first = await fetch(address, { headers: { cookie }, redirect: 'manual' })
  expect(first.status, address).toBe(200)
  const bare = await bareServer(Buffer.from(await first.arrayBuffer()))
  await latencies(address, { cookie }, perSecond, warmUp)
  const ours = percentile(await latencies(address, { cookie }, perSecond, asked), 0.95)
  await latencies(bare.address, {}, perSecond, warmUp)
  const theirs = percentile(await latencies(bare.address, {}, perSecond, asked), 0.95)
  bare.server.close()
  return { name, ours, unit: 'ms', against, theirs, ratio: theirs / ours }
}

test('pages at 20 requests a second', async ({ browser }) => {
  const figures: Figure[] = []
  for (const person of Object.keys(tours)) {
    const visitor = await Visitor.signIn(browser, person, true)
    const pages = await pagesOf(person, visitor)
    const cookie = (await visitor.page.context().cookies(url)).map(({ name, value }) => `${name}=${value}`).join('; ')
    await visitor.page.context().close()
    for (const path of pages) {
      const figure = await measure(`page-p95 ${path.replace(/[0-9a-f-]{36}/, ':id')} (${person})`, new URL(path, url).href, cookie)
      figures.push(figure)
      console.log(`${figure.name.padEnd(78)} ${figure.ours.toFixed(1).padStart(8)} ms ${figure.theirs.toFixed(1).padStart(8)}`)
    }
  }
  const worst = figures.reduce((a, b) => (b.ours > a.ours ? b : a))
  await writeFile(process.env.PATHWAYS_BENCH_ROWS ?? 'pages.json', JSON.stringify([{ ...worst, name: 'pages' }, ...figures], null, 2))
})
