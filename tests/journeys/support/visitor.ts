import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Browser, type Page } from '@playwright/test'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

// A person at a browser of their own. Every action says which page it leads to, and every page that comes is looked at:
// what axe finds, errors on the console, and anything wider than the window.
export class Visitor {
  readonly page: Page
  readonly #javaScript: boolean
  readonly #problems: string[] = []
  readonly #seen = new Set<string>()

  private constructor(page: Page, javaScript: boolean) {
    this.page = page
    this.#javaScript = javaScript
    page.on('console', message => {
      // Chromium's own line about a document that was meant to be refused.
      const meant = /the server responded with a status of [45]\d\d/.test(message.text())
      if (message.type() === 'error' && !meant) this.#problems.push(message.text())
    })
    page.on('pageerror', error => this.#problems.push(error.message))
  }

  // Signs in through the identity provider's own page.
  static async signIn(browser: Browser, name: string, javaScript: boolean): Promise<Visitor> {
    const visitor = new Visitor(await (await browser.newContext()).newPage(), javaScript)
    await visitor.page.goto('/')
    await visitor.choosePerson(name)
    return visitor
  }

  async choosePerson(name: string): Promise<void> {
    await this.page.getByRole('button', { name }).click()
    await this.arrive('What needs you')
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign out', exact: true }).click()
    // The identity provider's page sends itself where it can.
    if (!this.#javaScript) await this.page.getByRole('button', { name: /^Sign out of the development provider/ }).click()
    await this.arrive('You are signed out')
  }

  async open(path: string, heading: string | RegExp): Promise<void> {
    await this.page.goto(path)
    await this.arrive(heading)
  }

  async follow(link: string | RegExp, heading: string | RegExp): Promise<void> {
    await this.page.getByRole('link', { name: link, exact: typeof link === 'string' }).first().click()
    await this.arrive(heading)
  }

  async press(button: string, heading: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click()
    await this.arrive(heading)
  }

  // An answer to a question with options.
  async choose(label: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).check()
  }

  async write(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(text)
  }

  // Opens an address that is not for this person, and answers the status.
  async status(path: string, heading: string): Promise<number> {
    const response = await this.page.goto(path)
    await this.arrive(heading)
    return response?.status() ?? 0
  }

  // What is on the line of a summary list.
  async fact(label: string): Promise<string> {
    const row = this.page.locator('.govuk-summary-list__row', { has: this.page.getByText(label, { exact: true }) })
    return (await row.locator('dd').first().innerText()).trim()
  }

  async arrive(heading: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(heading)
    await this.page.waitForLoadState()
    const { page } = this
    expect(this.#problems, `console on ${page.url()}`).toEqual([])
    // The same page with other names and figures is not looked at again.
    const key = new URL(page.url()).pathname.replace(/[0-9a-f-]{36}/g, ':id') + (await page.locator('form').count())
    if (!this.#javaScript || this.#seen.has(key)) return
    this.#seen.add(key)
    expect(await axe(page), `axe on ${page.url()}`).toEqual([])
  }
}

// What axe finds, as lines to read; empty when all is well. (Axe itself needs JavaScript.) Legacy mode looks at one
// document and opens no second page to do so: ours have no frames.
export async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).setLegacyMode().analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}
