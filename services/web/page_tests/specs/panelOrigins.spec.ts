import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Origin } from '../../gen/pathways/panel/v1/service_pb'
import { expectSound, launch, signIn, visit } from '../browser'
import { heading } from '../journey'
import { startStack, type Stack } from '../stub/stack'
import { furnish } from '../tour'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

describe.each([true, false])('From Early Help to the panel, with JavaScript: %s', javaScript => {
  let stack: Stack
  beforeAll(async () => {
    stack = await startStack()
    furnish(stack.world)
  })
  afterAll(() => stack.close())

  test('an officer steps a request up; the list of cases is filtered by how they came', async () => {
    const visitor = await visit(browser, stack.url, { javaScript })
    const { page } = visitor
    await signIn(visitor, 'Priya Raman')
    const request = stack.world.requests.get('request-allocated')!
    request.pupilId = stack.world.pupils.filter(({ urn }) => urn === 900001)[60]!.pupilId
    await page.goto('/requests/request-allocated')
    await page.getByRole('button', { name: 'Step up to the panel' }).click()
    expect(await heading(page)).toMatch(/^Refer .* to the panel$/)
    const made = [...stack.world.panel.cases.values()].find(({ origin }) => origin === Origin.STEP_UP)
    expect(made?.requestId).toBe('request-allocated')
    await page.goto('/panel/cases')
    await page.getByLabel('How it came').selectOption('Stepped up from Early Help')
    await page.getByRole('button', { name: 'Apply filters' }).click()
    expect(new URL(page.url()).searchParams.get('origin')).toBe('step_up')
    expect(await page.getByRole('main').innerText()).toContain('1 case:')
    if (javaScript) await expectSound(visitor)
    await page.goto('/requests/request-allocated')
    expect(await page.getByRole('main').innerText()).toContain('Stepped up to the panel: case')
    await visitor.context.close()
  })
})
