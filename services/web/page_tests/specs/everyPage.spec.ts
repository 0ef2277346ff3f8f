import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectSound, launch, signIn, visit, type Visitor } from '../browser'
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

describe.each([1280, 320])('At %i pixels', width => {
  describe.each(Object.entries(stops(plan)))('%s', (role, tour) => {
    let visitor: Visitor
    beforeAll(async () => {
      visitor = await visit(browser, stack.url, { width })
      await signIn(visitor, people[role as keyof typeof people])
    })
    afterAll(() => visitor.context.close())

    test.each(tour)('$name is sound', async ({ path, status = 200 }) => {
      const answer = await visitor.page.goto(path)
      expect(answer?.status()).toBe(status)
      expect(await visitor.page.getByRole('heading', { level: 1 }).count()).toBe(1)
      const title = await visitor.page.title()
      expect(title).toMatch(/ - Pathways - Demonstration Borough Council$/)
      expect(title.startsWith('Error: ')).toBe(status === 422)
      // What is folded away must be sound too.
      await visitor.page.locator('details').evaluateAll(all => all.forEach(one => one.setAttribute('open', '')))
      await expectSound(visitor)
    })
  })
})

test('The sign-in page of the development provider is sound', async () => {
  const visitor = await visit(browser, stack.url, { width: 320 })
  await visitor.page.goto('/')
  await expectSound(visitor)
  await visitor.context.close()
})
