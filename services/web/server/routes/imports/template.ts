import type { RequestHandler } from 'express'

// Columns of docs/reference: one row a school day. UPNs that are valid but invented.
const template = ['upn,date,am,pm', 'Y001234500001,2026-11-23,/,\\', 'Y001234500001,2026-11-24,I,I', ''].join('\r\n')

export const sendTemplate: RequestHandler = (_request, response) => {
  response.attachment('register-template.csv').type('text/csv').send(template)
}
