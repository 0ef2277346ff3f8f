import { create } from '@bufbuild/protobuf'
import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect'
import { describe, expect, test } from 'vitest'
import { BadRequestSchema } from '../../gen/google/rpc/error_details_pb'
import { ReferralsService } from '../../gen/pathways/referrals/v1/service_pb'
import { callContext, newCallContext, traceparent } from './callContext'
import { carryContext, retryReads } from './interceptors'
import { isConflict, isCorrectable, statusOf, violationsOf } from './problems'

// Answers after `failures` times UNAVAILABLE, and remembers the headers it was asked with.
function client(failures: number) {
  const seen: Headers[] = []
  const answer = (header: Headers) => {
    seen.push(header)
    if (seen.length <= failures) throw new ConnectError('restarting', Code.Unavailable)
    return {}
  }
  const transport = createRouterTransport(
    ({ service }) =>
      service(ReferralsService, {
        getWorkCounts: (_request, { requestHeader }) => answer(requestHeader),
        submitRequest: (_request, { requestHeader }) => answer(requestHeader),
      }),
    { transport: { interceptors: [retryReads, carryContext] } },
  )
  return { referrals: createClient(ReferralsService, transport), seen }
}

describe('Calls', () => {
  test('carry token, request id and trace of the web request they are made for', async () => {
    const { referrals, seen } = client(0)
    const context = { ...newCallContext(), token: 't' }
    await callContext.run(context, () => referrals.getWorkCounts({}))
    expect(seen[0]?.get('authorization')).toBe('Bearer t')
    expect(seen[0]?.get('x-request-id')).toBe(context.requestId)
    expect(seen[0]?.get('traceparent')).toMatch(new RegExp(`^00-${context.traceId}-[0-9a-f]{16}-01$`))
  })
  test('outside a web request carry nothing', async () => {
    const { referrals, seen } = client(0)
    await referrals.getWorkCounts({})
    expect(seen[0]?.get('authorization')).toBeNull()
  })
  test('that read are asked a second time when a service restarts, not a third', async () => {
    const once = client(1)
    await once.referrals.getWorkCounts({})
    expect(once.seen).toHaveLength(2)
    const twice = client(2)
    await expect(twice.referrals.getWorkCounts({})).rejects.toThrow(/restarting/)
    expect(twice.seen).toHaveLength(2)
  })
  test('that change something are never asked twice', async () => {
    const { referrals, seen } = client(1)
    await expect(referrals.submitRequest({})).rejects.toThrow(/restarting/)
    expect(seen).toHaveLength(1)
  })
  test('of one request share its trace, each with a parent of its own', () => {
    const context = newCallContext()
    expect(traceparent(context)).not.toBe(traceparent(context))
    expect(traceparent(context).slice(0, 35)).toBe(traceparent(context).slice(0, 35))
  })
})

describe('Problems', () => {
  test.each([
    [Code.NotFound, 404],
    [Code.PermissionDenied, 403],
    [Code.Unauthenticated, 401],
    [Code.InvalidArgument, 422],
    [Code.FailedPrecondition, 422],
    [Code.Aborted, 409],
    [Code.AlreadyExists, 409],
    [Code.DeadlineExceeded, 504],
    [Code.Unavailable, 503],
    [Code.ResourceExhausted, 503],
    [Code.Internal, 500],
  ])('%i becomes %i', (code, status) => expect(statusOf(new ConnectError('', code))).toBe(status))

  test('say which values to correct', () => {
    const value = create(BadRequestSchema, { fieldViolations: [{ field: 'note', description: 'Write more' }] })
    const error = new ConnectError('', Code.InvalidArgument, undefined, [{ desc: BadRequestSchema, value }])
    expect(violationsOf(error)).toEqual([{ field: 'note', description: 'Write more' }])
    expect([isCorrectable(error), isConflict(error)]).toEqual([true, false])
    expect([violationsOf(new Error('x')), isConflict(new ConnectError('', Code.Aborted))]).toEqual([[], true])
  })
})
