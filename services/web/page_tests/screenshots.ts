// Pictures of every page at two widths, to look at: `npm run screenshots`.
import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { launch, signIn, visit } from './browser'
import { startStack } from './stub/stack'
import { furnish, people, stops } from './tour'

const folder = resolve(import.meta.dirname, 'screenshots')
await mkdir(folder, { recursive: true })
const stack = await startStack()
furnish(stack.world)
const browser = await launch()
const only = process.argv[2]
for (const width of [1280, 320]) {
  for (const [role, tour] of Object.entries(stops(stack.world))) {
    const visitor = await visit(browser, stack.url, { width })
    if (role === 'school') {
      await visitor.page.goto('/')
      await visitor.page.screenshot({ path: resolve(folder, `sign-in-${width}.png`), fullPage: true })
    }
    await signIn(visitor, people[role as keyof typeof people])
    for (const { name, path } of tour) {
      if (only && !`${role}-${name}`.includes(only)) continue
      await visitor.page.goto(path)
      await visitor.page.screenshot({ path: resolve(folder, `${role}-${name}-${width}.png`), fullPage: true })
      if (visitor.problems.length > 0) console.log(role, name, visitor.problems.splice(0))
    }
    await visitor.context.close()
  }
}
await browser.close()
await stack.close()
