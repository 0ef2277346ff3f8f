import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { exported, readCsv, run, type Row } from './support/environment'
import { Visitor } from './support/visitor'

// A manager asks how suspensions develop, opens a number, and stands before the line of the file a case came from.

const trends = 'Exclusions over the years'

// The last academic year that has ended.
function lastYear(): { code: string; name: string } {
  const now = new Date()
  const start = now.getFullYear() - (now.getMonth() < 8 ? 2 : 1)
  const end = String((start + 1) % 100).padStart(2, '0')
  return { code: `${start}${end}`, name: `${start}/${end}` }
}

async function sent(): Promise<Row[]> {
  return readCsv(await readFile(join(run, 'demo', 'suspensions.csv'), 'utf8'))
}

test('a manager goes from a figure to the line of the file', async ({ browser, javaScriptEnabled }) => {
  const manager = await Visitor.signIn(browser, 'Helen Whitmore', javaScriptEnabled ?? true)
  const { page } = manager
  const { code, name } = lastYear()
  await manager.follow('How exclusions develop over the years', trends)
  const [figures] = await exported('trends', '--from', code, '--to', code)
  const year = page.getByRole('row', { name: new RegExp(`^${name}`) })
  await expect(year).toContainText(Number(figures?.susp_rate).toFixed(2))
  // England and the neighbours, from the file that says that it is invented.
  await expect(year.getByRole('cell')).toHaveCount(5)
  await expect(year).not.toContainText('not published')
  await expect(page.getByText('Invented for the demonstration')).toBeVisible()

  await page.getByLabel('Divided by').selectOption('Special educational needs')
  await page.getByLabel('Show as').selectOption('Count')
  await manager.press('Apply filters', trends)
  const [, , , ofPlans] = await exported('trends', '--from', code, '--to', code, '--by', 'total,sen_provision')
  expect(ofPlans?.breakdown).toBe('E')
  const plans = page.getByRole('row', { name: /^Education, health and care plan/ })
  const number = plans.getByRole('link', { name: new RegExp(`^${ofPlans?.suspension}\\b`) }).first()
  await number.click()
  await manager.arrive(`Suspensions, ${name}`)
  await expect(page.getByText(`${ofPlans?.suspension} suspensions, newest first`)).toBeVisible()

  const origin = await page.getByRole('row').nth(1).getByRole('cell').last().innerText()
  const [, row] = /^suspensions\.csv, row ([\d,]+)$/.exec(origin) ?? []
  expect(row, origin).toBeDefined()
  const line = (await sent())[Number(row?.replace(',', '')) - 2]
  await page.getByRole('row').nth(1).getByRole('link').click()
  await manager.arrive(/^(Suspension|Lunchtime suspension) of /)
  await manager.follow('What was decided', /uspension of /)
  expect(await manager.fact('Where it came from')).toContain(`Row ${row} of the file suspensions.csv`)
  await manager.follow('Pupil', /./)
  await expect(page.getByRole('main')).toContainText(line?.upn ?? 'no such line')
  await page.context().close()
})

test('a school sees its own, and of the others no small number', async ({ browser, javaScriptEnabled }) => {
  const school = await Visitor.signIn(browser, 'Siobhán O\'Neill', javaScriptEnabled ?? true)
  const { page } = school
  await school.open('/exclusions/trends?measure=permanent&show=count', trends)
  await expect(page.getByLabel('Schools')).toHaveValue('school-900002')
  await school.open('/exclusions/trends?measure=permanent&show=count&where=authority', trends)
  // None of them is this school's: whatever is from one to four tells it of others.
  const years = await exported('trends')
  for (const { time_period: period = '', perm_excl: number = '' } of years) {
    const shown = number === 'x' ? 'not recorded' : Number(number) > 0 && Number(number) < 5 ? 'hidden' : number
    await expect(page.getByRole('row', { name: new RegExp(`^${period.slice(0, 4)}/`) })).toContainText(shown)
  }
  await expect(page.getByRole('table').getByRole('link')).toHaveCount(0)
  expect(await school.status('/exclusions/trends/cases?where=authority&year=202526', 'You cannot see this page')).toBe(403)
  await page.context().close()
})
