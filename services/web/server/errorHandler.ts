import { Code, ConnectError } from '@connectrpc/connect'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { callContext } from './clients/callContext'
import { isCode, statusOf } from './clients/problems'
import { pageView } from './components/pageView'
import { render } from './components/render'
import { askToSignIn } from './middleware/setUpAuthentication'
import { NotAllowed } from './middleware/authorisation'
import type { Services } from './services'

const pages: Record<number, { template: string; title: string }> = {
  403: { template: 'errors/not-allowed', title: 'You cannot see this page' },
  404: { template: 'errors/not-found', title: 'Page not found' },
  409: { template: 'errors/changed', title: 'Someone else changed this' },
  422: { template: 'errors/refused', title: 'This cannot be done now' },
  503: { template: 'errors/unavailable', title: 'Sorry, part of Pathways is not answering' },
  504: { template: 'errors/unavailable', title: 'Sorry, part of Pathways is taking too long' },
}
const fault = { template: 'errors/fault', title: 'Sorry, something went wrong' }

export const notFound: RequestHandler = (_request, response) => {
  render(response, 'errors/not-found', pageView('Page not found'), 404)
}

// Twice refused within this time means that signing in again does not help.
const patienceMs = 30_000

export function errorHandler({ logger, now }: Pick<Services, 'logger' | 'now'>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    if (isCode(error, Code.Unauthenticated) && request.session && now() - (request.session.refusedAt ?? 0) > patienceMs) {
      request.session.refusedAt = now()
      askToSignIn(request, response).catch(next)
      return
    }
    const status = httpStatus(error, request.method)
    const page = pages[status] ?? fault
    if (status >= 500) logger.error({ requestId: callContext.getStore()?.requestId, status, problem: describe(error) })
    // What a service says is written for people when it says that something cannot be done.
    const said = status === 422 && error instanceof ConnectError ? error.rawMessage : undefined
    render(response, page.template, { ...pageView(page.title), ...{ said, requestId: callContext.getStore()?.requestId } }, status)
  }
}

function httpStatus(error: unknown, method: string): number {
  // An address with an id or a filter that is none: there is no such page.
  if (method === 'GET' && isCode(error, Code.InvalidArgument)) return 404
  if (error instanceof ConnectError) return statusOf(error) === 401 ? 503 : statusOf(error)
  if (error instanceof NotAllowed) return 403
  if (isUnreachable(error)) return 503
  const status = (error as { status?: unknown }).status
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500
}

const unreachable = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', '57P01', '57P03', '53300']

// The session database or the identity provider does not answer: it will be back.
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  const parts = error instanceof AggregateError ? (error.errors as unknown[]) : []
  return (
    unreachable.includes(String(code)) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(error.message) ||
    isUnreachable(cause) ||
    parts.some(isUnreachable)
  )
}

// For the log: the kind of failure and where it happened. Messages of services may quote what a person typed.
function describe(error: unknown): string {
  if (error instanceof ConnectError) return `call failed: ${Code[error.code]}`
  return error instanceof Error ? (error.stack ?? error.name) : 'not an error'
}
