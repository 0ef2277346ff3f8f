import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectSound, launch, signIn, visit } from '../browser'
import { accept, fillConsent, fillOthers, send, startFromProposal } from '../journey'
import { startStack, type Stack } from '../stub/stack'

let browser: Browser

beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

describe.each([true, false])('The first flow, with JavaScript: %s', javaScript => {
  let stack: Stack
  beforeAll(async () => {
    stack = await startStack()
  })
  afterAll(() => stack.close())

  test('from a proposal to a worker, seen by both', async () => {
    const school = await visit(browser, stack.url, { javaScript })
    await signIn(school, 'Amara Osei')
    const path = await startFromProposal(school.page)
    await fillConsent(school.page)
    await fillOthers(school.page)
    const reference = await send(school.page)
    expect(reference).toMatch(/^EH-/)

    const worker = await visit(browser, stack.url, { javaScript })
    await signIn(worker, 'Daniel Kowalczyk')
    await accept(worker.page, reference, 'Grace Adeyemi, Senior Early Help practitioner')
    expect(await worker.page.getByText('The request is accepted.').isVisible()).toBe(true)

    await school.page.goto(path)
    expect(await school.page.getByText('Grace Adeyemi').first().isVisible()).toBe(true)
    await school.page.getByRole('link', { name: 'Timeline' }).click()
    const timeline = await school.page.getByRole('main').innerText()
    expect(timeline).toContain('Early Help request accepted')
    expect(timeline).toContain('Early Help request sent')
    expect(timeline).toContain('Proposal raised')
    expect(timeline).toContain('Absence became persistent')
    expect(timeline.indexOf('accepted')).toBeLessThan(timeline.indexOf('Proposal raised'))
    if (javaScript) await expectSound(school)
    await Promise.all([school.context.close(), worker.context.close()])
  })

  test('a question from Early Help, answered', async () => {
    const school = await visit(browser, stack.url, { javaScript })
    const worker = await visit(browser, stack.url, { javaScript })
    await signIn(school, 'Amara Osei')
    await signIn(worker, 'Daniel Kowalczyk')
    const path = await startFromProposal(school.page)
    await fillConsent(school.page)
    await fillOthers(school.page)
    await send(school.page)

    await worker.page.goto(`${path}/decide/ask`)
    await worker.page.getByLabel('What do you need to know?').fill('Which days are the hardest for the family?')
    await worker.page.getByRole('button', { name: 'Continue' }).click()
    await worker.page.getByRole('button', { name: 'Ask the school for more' }).click()

    await school.page.goto('/')
    await school.page.getByRole('link', { name: /question from Early Help/ }).click()
    await school.page.locator('table a').first().click()
    expect(await school.page.getByText('Which days are the hardest for the family?').isVisible()).toBe(true)
    await school.page.getByRole('link', { name: 'Your answer to Early Help' }).click()
    await school.page.getByLabel('Your answer').fill('Mondays and Fridays.')
    await school.page.getByRole('button', { name: 'Save and continue' }).click()
    await send(school.page)
    await worker.page.goto(`${path}/answers`)
    expect(await worker.page.getByText('Mondays and Fridays.').isVisible()).toBe(true)
    await Promise.all([school.context.close(), worker.context.close()])
  })

  test('a family that does not agree stops the request', async () => {
    const { page, context } = await visit(browser, stack.url, { javaScript }).then(async school => {
      await signIn(school, 'Amara Osei')
      return school
    })
    const path = await startFromProposal(page)
    await page.getByRole('link', { name: 'Agreement of the family' }).click()
    await page.getByLabel('Yes', { exact: true }).check()
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await page.getByLabel('No, they do not agree').check()
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await page.getByLabel('Name of the person who answered').fill('Magda Nowak')
    await page.getByLabel('Parent', { exact: true }).check()
    for (const [part, value] of [['Day', '20'], ['Month', '11'], ['Year', '2026']] as const) await page.getByLabel(part).fill(value)
    await page.getByLabel('In person').check()
    await page.getByRole('button', { name: 'Save and continue' }).click()
    expect(await page.title()).toContain('cannot send this request without the family’s agreement')
    await page.goto(`${path}/check`)
    expect(new URL(page.url()).pathname).toBe(`${path}/stop`)
    await context.close()
  })

  test('a decision against a request, with its reason', async () => {
    const officer = await visit(browser, stack.url, { javaScript })
    await signIn(officer, 'Priya Raman')
    await officer.page.getByRole('link', { name: /proposals to decide/ }).click()
    await officer.page.locator('table a').nth(5).click()
    await officer.page.getByRole('link', { name: 'A request is not needed' }).click()
    await officer.page.getByRole('button', { name: 'Record that it is not needed' }).click()
    expect(await officer.page.title()).toMatch(/^Error: /)
    await officer.page.locator('#reason').fill('In hospital until December; the school sends work.')
    await officer.page.getByRole('button', { name: 'Record that it is not needed' }).click()
    expect(await officer.page.getByText('Recorded that no request is needed.').isVisible()).toBe(true)
    await officer.context.close()
  })
})
