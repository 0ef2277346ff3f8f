import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectSound, launch, signIn, visit, type Visitor } from '../browser'
import { heading } from '../journey'
import { startStack, type Stack } from '../stub/stack'
import { furnish } from '../tour'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }).click()
  await page.waitForLoadState()
}

async function main(page: Page): Promise<string> {
  return page.getByRole('main').innerText()
}

describe.each([true, false])('The panel room, with JavaScript: %s', javaScript => {
  let stack: Stack
  const as = async (name: string): Promise<Visitor> => {
    const visitor = await visit(browser, stack.url, { javaScript })
    visitor.page.setDefaultTimeout(8_000)
    await signIn(visitor, name)
    return visitor
  }
  const expectSoundHere = async (visitor: Visitor) => {
    if (javaScript) await expectSound(visitor)
  }
  beforeAll(async () => {
    stack = await startStack()
    furnish(stack.world)
  })
  afterAll(() => stack.close())

  test('the clerk writes down what members say; a member who has the room open sees it', async () => {
    const member = await as('Anita Desai')
    await member.page.goto('/panel/sittings/sitting-open')
    expect(await main(member.page)).toContain('Tier 3: 4 places free.')
    const clerk = await as('Naomi Fletcher')
    const { page } = clerk
    await page.goto('/panel/sittings/sitting-open/cases/case-agenda')
    await page.getByRole('link', { name: 'Write down a member’s vote' }).click()
    await press(page, 'Write it down')
    expect(await main(page)).toContain('Select who votes')
    await page.getByRole('radio', { name: /^Anita Desai/ }).check()
    await page.getByRole('radio', { name: 'For' }).check()
    await press(page, 'Write it down')
    expect(await main(page)).toContain('Anita Desai: for (written down by Naomi Fletcher')
    await expectSoundHere(clerk)

    stack.world.panel.freePlaces = 3
    const now = 'Tier 3: 3 places free.'
    if (javaScript) await member.page.getByText(now).waitFor()
    else {
      await press(member.page, 'Load again to see what changed')
      expect(await main(member.page)).toContain(now)
    }
    await page.getByRole('link', { name: 'Write down a member’s interest' }).click()
    await page.getByRole('radio', { name: /^Anita Desai/ }).check()
    await press(page, 'Write it down')
    expect(await main(page)).toContain('With an interest, and without a vote:')
    if (javaScript) await member.page.getByText('There is no case on this agenda that you may see.').waitFor()
    await expectSoundHere(member)
    for (const { context } of [clerk, member]) await context.close()
  })

  test('minutes are changed by the clerk, and signed by the chair', async () => {
    const clerk = await as('Naomi Fletcher')
    await clerk.page.goto('/panel/sittings/sitting-over')
    await clerk.page.getByRole('link', { name: 'Minutes', exact: true }).click()
    expect(await heading(clerk.page)).toBe('Minutes: Secondary panel, 17 November 2026')
    expect(await main(clerk.page)).toContain('Robert Ashworth, Chair: there')
    await clerk.page.getByRole('link', { name: /^Change the words.*Other business$/ }).click()
    await clerk.page.getByRole('textbox').fill('The next sitting is a week earlier.')
    await press(clerk.page, 'Save the words')
    expect(await main(clerk.page)).toContain('words changed 24 November 2026')
    expect(await clerk.page.getByRole('button', { name: 'Sign the minutes' }).count()).toBe(0)
    await expectSoundHere(clerk)
    const chair = await as('Robert Ashworth')
    await chair.page.goto('/panel/sittings/sitting-over/minutes')
    await press(chair.page, 'Sign the minutes')
    expect(await main(chair.page)).toContain('They are as they were signed.')
    expect(await chair.page.getByRole('link', { name: /^Change the words/ }).count()).toBe(0)
    for (const { context } of [clerk, chair]) await context.close()
  })

  test('every agency is told what it must do, and says when it is done', async () => {
    const school = await as('Amara Osei')
    await school.page.goto('/')
    await school.page.getByRole('link', { name: /tasks? from the panel/ }).click()
    expect(await main(school.page)).toContain('Overdue')
    await press(school.page, /^Mark as done/)
    expect(await main(school.page)).toContain('There is no task here.')
    await school.page.getByRole('link', { name: 'Done', exact: true }).click()
    expect(await main(school.page)).toContain('School: Millbrook Community School, done 24 November 2026.')
    await expectSoundHere(school)
    const earlyHelp = await as('Grace Adeyemi')
    await earlyHelp.page.goto('/panel/tasks')
    expect(await main(earlyHelp.page)).toContain('Ask the family what help they want.')
    for (const { context } of [school, earlyHelp]) await context.close()
  })
})

test('a room tells a browser that something changed, and nothing of what', async () => {
  const stack = await startStack()
  furnish(stack.world)
  const visitor = await visit(browser, stack.url, { javaScript: true })
  await signIn(visitor, 'Anita Desai')
  const cookie = (await visitor.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const stop = new AbortController()
  const answer = await fetch(`${stack.url}/panel/sittings/sitting-open/events?seen=x`, { headers: { cookie }, signal: stop.signal })
  expect(Object.fromEntries(answer.headers)).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform' })
  const { value } = await answer.body!.getReader().read()
  expect(Buffer.from(value!).toString()).toMatch(/^retry: 3000\n\nevent: changed\nid: [^\n]*\ndata: agenda,decisions,places\n\n$/)
  stop.abort()
  expect((await fetch(`${stack.url}/panel/sittings/sitting-nowhere/events`, { headers: { cookie } })).status).toBe(404)
  await visitor.context.close()
  await stack.close()
})
