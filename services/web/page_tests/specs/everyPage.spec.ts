import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectSound, expectSoundLayout, launch, signIn, sizes, visit, type Visitor } from '../browser'
import { startStack, type Stack } from '../stub/stack'
import { furnish, people, stops } from '../tour'
import { makeWorld } from '../stub/world'
import { seedProposals } from '../stub/referrals'

// The paths are the same in every world.
const plan = makeWorld()
seedProposals(plan)

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

describe.each(Object.entries(stops(plan)))('%s', (role, tour) => {
  let visitor: Visitor
  beforeAll(async () => {
    visitor = await visit(browser, stack.url)
    await signIn(visitor, people[role as keyof typeof people])
  })
  afterAll(() => visitor.context.close())

  test.each(tour)('$name is sound, wide and narrow', async ({ path, status = 200 }) => {
    const { page } = visitor
    await page.setViewportSize(sizes.wide)
    const answer = await page.goto(path)
    expect(answer?.status()).toBe(status)
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    const title = await page.title()
    expect(title).toMatch(/ - Pathways - Demonstration Borough Council$/)
    expect(title.startsWith('Error: ')).toBe(status === 422)
    // What is folded away must be sound too.
    await page.locator('details').evaluateAll(all => all.forEach(one => one.setAttribute('open', '')))
    await expectSound(visitor)
    await page.setViewportSize(sizes.narrow)
    await expectSoundLayout(visitor)
  })
})

test('The sign-in page of the development provider is sound', async () => {
  const visitor = await visit(browser, stack.url, { width: 320 })
  await visitor.page.goto('/')
  await expectSound(visitor)
  await visitor.context.close()
})
