import { promisify } from 'node:util'
import type { Response } from 'express'
import type { Session } from 'express-session'
import type { PageView } from './pageView'

// Answers with a page. A form that was not accepted is 422.
export function render(response: Response, template: string, view: PageView, status = view.errorSummary ? 422 : 200): void {
  response.status(status).render(`${template}.njk`, { view })
}

// After a form that changed something: the browser asks for the next page with GET. The session is written first:
// express-session writes it while the answer is already on its way, and the next request can be faster.
export async function seeOther(response: Response, path: string): Promise<void> {
  const session = response.req.session as Session | undefined
  if (session) await promisify(session.save.bind(session))()
  response.redirect(303, path)
}
