import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes, randomUUID } from 'node:crypto'

// What every gRPC call made for one web request carries. The token is filled in once the person is known.
export interface CallContext {
  requestId: string
  traceId: string
  token?: string
}

export const callContext = new AsyncLocalStorage<CallContext>()

export function newCallContext(): CallContext {
  return { requestId: randomUUID(), traceId: randomBytes(16).toString('hex') }
}

// W3C Trace Context: one trace for the web request, a new parent for each call it makes.
export function traceparent(context: CallContext): string {
  return `00-${context.traceId}-${randomBytes(8).toString('hex')}-01`
}
