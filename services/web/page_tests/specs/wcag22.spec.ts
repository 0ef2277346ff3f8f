import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch, signIn, visit, type Visitor } from '../browser'
import { startStack, type Stack } from '../stub/stack'
import { firstPupil, furnish } from '../tour'

// What WCAG 2.2 adds and axe does not look at.

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

// 2.5.8: at least 24 by 24, but for links inside sentences and what stands far enough from others.
async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input:not([type=hidden]), select, textarea, summary')]
      .filter(element => element.offsetParent !== null)
      .filter(element => {
        const label = element.matches('input') ? (element as HTMLInputElement).labels?.[0] : undefined
        const box = (label ?? element).getBoundingClientRect()
        return box.width < 24 || box.height < 24
      })
      .map(element => element.outerHTML.slice(0, 80)),
  )
}

test.each(['/', '/schools/900001/attendance', '/imports/new', '/requests/request-ready/sections/consent/details'])('2.5.8 target size on %s', async path => {
  await school.page.goto(path)
  expect(await smallTargets(school.page)).toEqual([])
})

test.each(['/', '/schools/900001', '/requests/request-draft'])('2.4.11 focus is never hidden, and always seen, on %s', async path => {
  const { page } = school
  await page.goto(path)
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab')
    const seen = await page.evaluate(() => {
      const focused = document.activeElement
      if (!(focused instanceof HTMLElement) || focused === document.body) return 'end'
      const box = focused.getBoundingClientRect()
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 10))
      const style = getComputedStyle(focused)
      const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.backgroundColor === 'rgb(255, 221, 0)'
      const covered = box.height > 0 && !(top && (focused.contains(top) || top.contains(focused)))
      return covered || !marked ? focused.outerHTML.slice(0, 120) : 'fine'
    })
    if (seen === 'end') break
    expect(seen).toBe('fine')
  }
})

test('3.2.6 help is in the same place on every page', async () => {
  for (const path of ['/', '/schools/900001', '/requests/request-draft', '/no-such-page']) {
    await school.page.goto(path)
    const links = await school.page.locator('footer a').allInnerTexts()
    expect(links[0]).toBe('Help')
  }
})

test('3.3.7 what Pathways knows is not asked again', async () => {
  await school.page.goto('/requests/request-draft')
  expect(await school.page.getByText('You need not write this again').isVisible()).toBe(true)
  expect(await school.page.getByText('31 of 108 possible (28.7%)').isVisible()).toBe(true)
})

test('a request is started and its first page answered with the keyboard alone', async () => {
  const { page } = school
  await page.goto(`/pupils/${firstPupil(stack.world)}`)
  await page.getByRole('button', { name: 'Start an Early Help request' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Agreement of the family' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Yes', { exact: true }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/consent/given')
})
