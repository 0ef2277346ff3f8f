import { setTimeout as wait } from 'node:timers/promises'
import { Code, ConnectError, type Interceptor } from '@connectrpc/connect'
import { callContext, traceparent } from './callContext'

export const carryContext: Interceptor = next => request => {
  const context = callContext.getStore()
  if (context) {
    if (context.token) request.header.set('authorization', `Bearer ${context.token}`)
    request.header.set('x-request-id', context.requestId)
    request.header.set('traceparent', traceparent(context))
  }
  return next(request)
}

const reads = /^(Get|List|Search)/

// A service that restarts refuses connections for a moment. Reads may be asked twice; nothing else may.
export const retryReads: Interceptor = next => async request => {
  try {
    return await next(request)
  } catch (error) {
    if (request.stream || !reads.test(request.method.name) || ConnectError.from(error).code !== Code.Unavailable) throw error
    await wait(100)
    return next(request)
  }
}
