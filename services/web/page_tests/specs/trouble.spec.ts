import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { RequestState } from '../../gen/pathways/referrals/v1/service_pb'
import { expectSound, launch, signIn, visit, type Visitor } from '../browser'
import { heading } from '../journey'
import { startStack, type Stack } from '../stub/stack'
import { firstPupil, furnish } from '../tour'

let browser: Browser
let stack: Stack
let school: Visitor

beforeAll(async () => {
  browser = await launch()
  stack = await startStack()
})
beforeEach(async () => {
  stack.world.requests.clear()
  furnish(stack.world)
  school = await visit(browser, stack.url)
  await signIn(school, 'Amara Osei')
})
afterEach(async () => {
  stack.world.down.clear()
  await school.context.close()
})
afterAll(async () => {
  await browser.close()
  await stack.close()
})

test('a service that is down: 503 with advice, and a home page that still shows the rest', async () => {
  stack.world.down.add('attendance')
  const answer = await school.page.goto('/schools/900001')
  expect(answer?.status()).toBe(503)
  expect(await school.page.getByText('Wait a minute and load this page again').isVisible()).toBe(true)
  await expectSound(school)
  expect((await school.page.goto('/'))?.status()).toBe(200)
  expect(await school.page.getByText('We could not load attendance just now').isVisible()).toBe(true)
  expect(await school.page.getByRole('link', { name: /proposals to decide/ }).isVisible()).toBe(true)
  await expectSound(school)
})

test('another school’s pupil does not exist for this school', async () => {
  const other = stack.world.pupils.find(({ urn }) => urn === 900002)!
  expect((await school.page.goto(`/pupils/${other.pupilId}`))?.status()).toBe(404)
  expect((await school.page.goto('/pupils/%00'))?.status()).toBe(404)
})

test('what a role does not do: a 403 page, still signed in', async () => {
  expect((await school.page.goto(`/pupils/${firstPupil(stack.world)}/access-history`))?.status()).toBe(403)
  expect(await school.page.getByText('You are still signed in.').isVisible()).toBe(true)
})

test('two people on one page: both versions, and nothing lost', async () => {
  const { page } = school
  await page.goto('/requests/request-ready/sections/tried/details')
  const found = stack.world.requests.get('request-ready')!
  const tried = found.sections.find(({ name }) => name === 'tried')!
  tried.answers.find(({ key }) => key === 'tried_detail')!.value = 'A colleague wrote this meanwhile.'
  Object.assign(found, { version: 12n, updatedBy: 'demo-tom-hargreaves' })
  await page.getByRole('textbox').fill('I wrote this.')
  await page.getByRole('button', { name: 'Save and continue' }).click()
  expect(await heading(page)).toBe('Someone else changed this request')
  const text = await page.getByRole('main').innerText()
  expect(text).toContain('Tom Hargreaves')
  expect(text).toContain('I wrote this.')
  expect(text).toContain('A colleague wrote this meanwhile.')
  await expectSound(school)
  await page.getByRole('button', { name: 'Replace it with mine' }).click()
  await page.goto('/requests/request-ready/sections/tried/details')
  expect(await page.getByRole('textbox').inputValue()).toBe('I wrote this.')
})

test('a decision someone else has made', async () => {
  const worker = await visit(browser, stack.url)
  await signIn(worker, 'Daniel Kowalczyk')
  await worker.page.goto('/requests/request-submitted/decide/decline')
  await worker.page.getByLabel('The family has moved away').check()
  await worker.page.getByRole('textbox').fill('They moved to another town.')
  await worker.page.getByRole('button', { name: 'Continue' }).click()
  Object.assign(stack.world.requests.get('request-submitted')!, { state: RequestState.ALLOCATED, version: 10n, updatedBy: 'demo-grace-adeyemi' })
  await worker.page.getByRole('button', { name: 'Decline the request' }).click()
  expect(await heading(worker.page)).toBe('Someone else changed this request')
  expect(await worker.page.getByText('Grace Adeyemi').isVisible()).toBe(true)
  expect(stack.world.requests.get('request-submitted')!.state).toBe(RequestState.ALLOCATED)
  await worker.context.close()
})

test('a form sent after the session ended is kept', async () => {
  const { page, context } = school
  await page.goto('/requests/request-ready/sections/reason/details')
  await page.getByLabel('What is happening?').fill('Typed just before lunch.')
  await context.clearCookies({ name: 'pathways_session' })
  await page.getByRole('button', { name: 'Save and continue' }).click()
  // The provider still knows the person, so the browser comes straight back.
  expect(await heading(page)).toBe('Send what you had written')
  await expectSound(school)
  await page.getByRole('button', { name: 'Send my answers' }).click()
  await page.goto('/requests/request-ready/sections/reason/details')
  expect(await page.getByLabel('What is happening?').inputValue()).toBe('Typed just before lunch.')
})

test('a wrong answer: the error leads to its field, and what was typed stays', async () => {
  const { page } = school
  await page.goto('/requests/request-ready/sections/consent/details')
  await page.getByLabel('Name of the person who answered').fill('')
  await page.getByLabel('Day').fill('31')
  await page.getByRole('button', { name: 'Save and continue' }).click()
  expect(await page.title()).toMatch(/^Error: /)
  expect(await page.getByLabel('Day').inputValue()).toBe('31')
  await page.getByRole('link', { name: 'Enter a real day, such as 9 11 2026' }).click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('consent_date')
  await expectSound(school)
})

test('what the service refuses is shown beside its field', async () => {
  const { page } = school
  await page.goto('/requests/request-ready/sections/tried/details')
  await page.getByRole('textbox').fill('refuse me')
  await page.getByRole('button', { name: 'Save and continue' }).click()
  expect(await page.title()).toMatch(/^Error: /)
})

test('signing out ends both sessions', async () => {
  const { page } = school
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/signed-out')
  expect(await heading(page)).toBe('You are signed out')
  await page.goto('/')
  expect(await heading(page)).toBe('Who are you today?')
})

test('filters and pages come back with the back link', async () => {
  const { page } = school
  await page.goto('/schools/900001/attendance')
  await page.getByLabel('Show').selectOption('persistent')
  await page.getByLabel('Year group').selectOption('8')
  await page.getByRole('button', { name: 'Apply filters' }).click()
  const list = page.url()
  await page.locator('table a').first().click()
  await page.getByRole('link', { name: 'Marks' }).click()
  await page.getByRole('link', { name: 'Attendance of pupils' }).click()
  expect(page.url()).toBe(list)
  await page.goto('/schools/900001/attendance')
  await page.getByRole('link', { name: /Next/ }).click()
  await page.getByRole('link', { name: /Previous/ }).click()
  expect(await page.locator('tbody tr').count()).toBe(50)
})

test('every call carries token, trace, request id and deadline', async () => {
  stack.world.calls.length = 0
  await school.page.goto(`/pupils/${firstPupil(stack.world)}`)
  expect(stack.world.calls.length).toBeGreaterThan(2)
  const traces = new Set(stack.world.calls.map(({ header }) => header.get('traceparent')?.split('-')[1]))
  expect(traces.size).toBe(1)
  for (const { header, timeoutMs } of stack.world.calls) {
    expect(header.get('authorization')).toBe('Bearer stub.demo-amara-osei')
    expect(header.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(timeoutMs).toBeGreaterThan(0)
  }
})
