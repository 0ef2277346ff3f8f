import type { RequestHandler } from 'express'
import type { ImportKind } from './kinds'

export function sendTemplate({ template }: ImportKind): RequestHandler {
  return (_request, response) => {
    response.attachment(template.name).type('text/csv').send(template.content)
  }
}
