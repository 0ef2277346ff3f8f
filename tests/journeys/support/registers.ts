import { readFile } from 'node:fs/promises'
import { request, type ClientRequest } from 'node:http'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { run, url } from './environment'
import type { Visitor } from './visitor'

// Sends a register as a person does. Answers the id that all work which follows from it is traced by.
export async function sendRegister(visitor: Visitor, name: string, content: string, heading: string | RegExp): Promise<string> {
  const { page } = visitor
  await visitor.open('/imports/new', 'Send a register')
  await page.getByLabel('Register file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
  const [answer] = await Promise.all([
    page.waitForResponse(response => response.request().method() === 'POST' && new URL(response.url()).pathname === '/imports/new'),
    visitor.press('Send the file', heading),
  ])
  return traceOf(answer.headers()['x-request-id'] ?? '')
}

// The trace of a request, as the web's log tells it. It is logged when the answer has been sent.
async function traceOf(requestId: string): Promise<string> {
  let found = ''
  const look = async () => {
    const lines = (await readFile(join(run, 'logs', 'web.log'), 'utf8')).split('\n')
    const line = lines.find(text => text.includes(requestId) && text.includes('"traceId"'))
    found = line ? String((JSON.parse(line) as { traceId: unknown }).traceId) : ''
    return found
  }
  await expect.poll(look, { message: 'the trace of the upload in the log' }).toMatch(/^[0-9a-f]{32}$/)
  return found
}

// A register that comes in over a slow line, from another window of the same person.
export class SlowRegister {
  readonly importId: string
  readonly #request: ClientRequest
  readonly #boundary: string

  private constructor(importId: string, request: ClientRequest, boundary: string) {
    this.importId = importId
    this.#request = request
    this.#boundary = boundary
  }

  static async begin(visitor: Visitor, name: string, first: string): Promise<SlowRegister> {
    await visitor.open('/imports/new', 'Send a register')
    const hidden = (field: string) => visitor.page.locator(`main input[name=${field}]`).inputValue()
    const fields = { _csrf: await hidden('_csrf'), import_id: await hidden('import_id'), urn: await hidden('urn'), on_bad_rows: 'keep' }
    const cookies = await visitor.page.context().cookies(url)
    const boundary = `----${fields.import_id}`
    const upload = request(`${url}/imports/new`, {
      method: 'POST',
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        cookie: cookies.map(cookie => `${cookie.name}=${cookie.value}`).join('; '),
      },
    })
    for (const [field, value] of Object.entries(fields)) {
      upload.write(`--${boundary}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`)
    }
    upload.write(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${first}`)
    return new SlowRegister(fields.import_id, upload, boundary)
  }

  // The rest of the file, and the end of the form. Answers the status.
  finish(rest: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#request.on('response', response => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      this.#request.on('error', reject)
      this.#request.end(`${rest}\r\n--${this.#boundary}--\r\n`)
    })
  }
}
