import type { RequestHandler } from 'express'
import type { Person } from '../../../auth/person'
import { callContext, newCallContext } from '../../../clients/callContext'
import type { Services } from '../../../services'
import { RoomWatch } from '../../../services/roomWatch'
import { idOf } from '../load'

// Proxies drop connections on which nothing comes; a browser whose server has gone notices by it, too.
const heartbeatMs = 15_000
// A browser waits so long before it connects again.
const retryMs = 3_000
// The connection ends before its token does: the next one brings a new token.
const beforeTokenEndsMs = 30_000

export function createRoomWatch({ clients, stopping }: Services): RoomWatch {
  const watch = new RoomWatch((sittingId, token) => callContext.run({ ...newCallContext(), token }, () => clients.room.getRoomMarks({ sittingId })))
  stopping?.addEventListener('abort', () => watch.close())
  return watch
}

// Tells an open page of a sitting that something changed, and what; nothing of what it is. The page fetches itself again.
export function roomEvents({ now }: Services, watch: RoomWatch): RequestHandler {
  return async (request, response) => {
    const sittingId = idOf(request, 'sitting')
    const { signedIn } = request.session
    const token = signedIn?.token ?? ''
    const seen = request.get('last-event-id') ?? (typeof request.query.seen === 'string' ? request.query.seen : '')
    const early: string[] = []
    let write = (text: string): void => void early.push(text)
    const stop = await watch.follow(sittingId, {
      personId: (response.locals.user as Person).id,
      token,
      seen,
      changed: (parts, marks) => write(`event: changed\nid: ${marks}\ndata: ${parts.join(',')}\n\n`),
      ended: () => response.end(),
    })
    if (!stop) {
      response.status(503).set('Retry-After', '60').type('text/plain').send('Too many pages are open')
      return
    }
    // "no-transform": it is not packed, so that every event leaves at once.
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' })
    write = text => void response.write(text)
    response.write(`retry: ${retryMs}\n\n${early.join('')}`)
    const heartbeat = setInterval(() => response.write(': here\n\n'), heartbeatMs)
    const end = setTimeout(() => response.end(), Math.max(1_000, (signedIn?.tokenEndsAt ?? 0) - now() - beforeTokenEndsMs))
    response.once('close', () => {
      clearInterval(heartbeat)
      clearTimeout(end)
      stop()
    })
  }
}
