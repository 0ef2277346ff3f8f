import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { goodAnswers } from './stub/requests'

// Steps of the first flow, as a person takes them. They hold with and without JavaScript.

async function go(page: Page, name = 'Save and continue'): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await page.waitForLoadState()
}

export async function heading(page: Page): Promise<string> {
  return (await page.getByRole('heading', { level: 1 }).innerText()).trim()
}

async function choose(page: Page, label: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).check()
}

export async function startFromProposal(page: Page): Promise<string> {
  await page.goto('/')
  await page.getByRole('link', { name: /proposals? to decide/ }).click()
  await page.locator('table a').first().click()
  await expect.poll(() => page.getByText('Why am I seeing this?').isVisible()).toBe(true)
  await go(page, 'Start an Early Help request')
  expect(await heading(page)).toMatch(/^Early Help request for /)
  return new URL(page.url()).pathname
}

export async function fillConsent(page: Page): Promise<void> {
  const answers = goodAnswers.consent!
  await page.getByRole('link', { name: 'Agreement of the family' }).click()
  await choose(page, 'Yes')
  await go(page)
  await choose(page, 'Yes, they agree')
  await go(page)
  await page.getByLabel('Name of the person who answered').fill(answers.consent_by!)
  await choose(page, 'Parent')
  await page.getByLabel('Day').fill('20')
  await page.getByLabel('Month').fill('11')
  await page.getByLabel('Year').fill('2026')
  await choose(page, 'By phone or video')
  await choose(page, 'The pupil')
  await go(page)
}

export async function fillOthers(page: Page): Promise<void> {
  const { reason, needs, tried, views, agencies, risk } = goodAnswers as Record<string, Record<string, string>>
  await page.getByRole('link', { name: 'Why you are asking' }).click()
  await choose(page, 'Attendance')
  await go(page)
  await page.getByLabel('What is happening?').fill(reason!.reason!)
  await page.getByLabel('What do you and the family hope will change?').fill(reason!.change_wanted!)
  await go(page)
  await page.getByRole('link', { name: 'Needs and strengths' }).click()
  await choose(page, 'Getting a good education')
  await go(page)
  await page.getByLabel('What do you know about these needs?').fill(needs!.needs_detail!)
  await go(page)
  await page.getByRole('link', { name: 'What the school has tried' }).click()
  await choose(page, 'Home visit')
  await go(page)
  await page.getByLabel('What was done, when, and what difference did it make?').fill(tried!.tried_detail!)
  await go(page)
  await page.getByRole('link', { name: 'Views of the pupil and family' }).click()
  await choose(page, 'Yes')
  await go(page)
  await page.getByLabel('What does the pupil think?').fill(views!.pupil_views!)
  await page.getByLabel('What does the family think?').fill(views!.family_views!)
  await go(page)
  await page.getByRole('link', { name: 'Other services involved' }).click()
  await choose(page, 'Yes')
  await go(page)
  await choose(page, 'GP or hospital')
  await page.getByLabel('Whom can Early Help contact there, and what are they doing?').fill(agencies!.agencies_detail!)
  await go(page)
  await page.getByRole('link', { name: 'Safety' }).click()
  await choose(page, 'No')
  await go(page)
  await choose(page, 'None that we know of')
  await go(page)
  await page.getByLabel('How can Early Help contact the family safely? (optional)').fill(risk!.safe_contact!)
  await go(page)
}

// Checks the answers and sends them; answers the reference.
export async function send(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Check your answers and send' }).click()
  expect(await heading(page)).toBe('Check your answers')
  await go(page, 'Send to Early Help')
  expect(await heading(page)).toBe('Request sent to Early Help')
  return (await page.locator('.govuk-panel strong').innerText()).trim()
}

export async function accept(page: Page, reference: string, worker: string): Promise<void> {
  await page.goto('/')
  await page.getByRole('link', { name: /requests? to decide/ }).click()
  await page.getByRole('row', { name: reference }).getByRole('link').click()
  await page.waitForURL(/\/requests\/[\w-]+/)
  expect(await heading(page)).toMatch(/^Early Help request for /)
  await page.getByRole('button', { name: 'Decide this request' }).click()
  await choose(page, 'Accept it')
  await go(page, 'Continue')
  await page.getByLabel('Who will hold it?').selectOption({ label: worker })
  await go(page, 'Continue')
  expect(await heading(page)).toBe('Check your decision')
  await go(page, 'Accept the request')
}
