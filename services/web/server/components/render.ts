import type { Response } from 'express'
import type { PageView } from './pageView'

// Answers with a page. A form that was not accepted is 422.
export function render(response: Response, template: string, view: PageView, status = view.errorSummary ? 422 : 200): void {
  response.status(status).render(`${template}.njk`, { view })
}

// After a form that changed something: the browser asks for the next page with GET.
export function seeOther(response: Response, path: string): void {
  response.redirect(303, path)
}
