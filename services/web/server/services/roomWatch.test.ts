import { Code, ConnectError } from '@connectrpc/connect'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RoomWatch, changedParts, markText, type RoomMarks, type RoomPart, type Viewer } from './roomWatch'

const limits = { everyMs: 1000, most: 3, mostOfOne: 2 }

// A service whose marks the test turns, and which knows who asked.
class FakeService {
  marks: RoomMarks = { agenda: '1', decisions: '1', places: '1' }
  failure?: ConnectError
  readonly asked: string[] = []
  readonly ask = (sittingId: string, token: string): Promise<RoomMarks> => {
    this.asked.push(`${sittingId} ${token}`)
    return this.failure ? Promise.reject(this.failure) : Promise.resolve({ ...this.marks })
  }
}

function viewer(name: string, seen = '1|1|1'): Viewer & { told: RoomPart[][]; over: boolean } {
  const made = {
    personId: name,
    token: name,
    seen,
    told: [] as RoomPart[][],
    over: false,
    changed: (parts: RoomPart[]) => void made.told.push(parts),
    ended: () => void (made.over = true),
  }
  return made
}

describe('A watched room', () => {
  let service: FakeService
  let watch: RoomWatch
  beforeEach(() => {
    vi.useFakeTimers()
    service = new FakeService()
    watch = new RoomWatch(service.ask, limits)
  })
  afterEach(() => {
    watch.close()
    vi.useRealTimers()
  })

  test('is asked about once, whoever has it open, and all are told what changed', async () => {
    const [ann, bob] = [viewer('ann'), viewer('bob')]
    await watch.follow('s', ann)
    await watch.follow('s', bob)
    service.asked.length = 0
    service.marks.places = '2'
    await vi.advanceTimersByTimeAsync(1000)
    expect([service.asked, ann.told, bob.told]).toEqual([['s bob'], [['places']], [['places']]])
    await vi.advanceTimersByTimeAsync(3000)
    expect([service.asked.length, ann.told.length]).toEqual([4, 1])
  })
  test('tells who comes late what they missed', async () => {
    const late = viewer('late', '1|0|1')
    await watch.follow('s', late)
    expect([late.told, late.seen]).toEqual([[['decisions']], '1|1|1'])
  })
  test('is asked about no more when everybody has gone', async () => {
    const stop = await watch.follow('s', viewer('ann'))
    stop?.()
    service.asked.length = 0
    await vi.advanceTimersByTimeAsync(5000)
    expect([service.asked, watch.viewers]).toEqual([[], []])
  })
  test('survives a service that restarts, and ends only those whose token has ended', async () => {
    const [ann, bob] = [viewer('ann'), viewer('bob')]
    await watch.follow('s', ann)
    await watch.follow('s', bob)
    service.failure = new ConnectError('restarting', Code.Unavailable)
    await vi.advanceTimersByTimeAsync(2000)
    service.failure = new ConnectError('token', Code.Unauthenticated)
    await vi.advanceTimersByTimeAsync(1000)
    expect([ann.over, bob.over]).toEqual([false, true])
    service.failure = undefined
    service.marks.agenda = '2'
    await vi.advanceTimersByTimeAsync(1000)
    expect(ann.told).toEqual([['agenda']])
  })
  test('has a bound for all and for one, lets nobody in who may not see it, and closes', async () => {
    const ann = viewer('ann')
    expect(await watch.follow('s', ann)).toBeDefined()
    expect(await watch.follow('t', viewer('ann'))).toBeDefined()
    expect(await watch.follow('u', viewer('ann'))).toBeUndefined()
    expect(await watch.follow('s', viewer('bob'))).toBeDefined()
    expect(await watch.follow('s', viewer('cat'))).toBeUndefined()
    service.failure = new ConnectError('no such sitting', Code.NotFound)
    await expect(watch.follow('s', viewer('dan'))).rejects.toThrow(/no such sitting/)
    watch.close()
    expect([ann.over, watch.viewers]).toEqual([true, []])
  })
  test('knows what differs', () => {
    expect(markText(service.marks)).toBe('1|1|1')
    expect(changedParts('', service.marks)).toEqual(['agenda', 'decisions', 'places'])
  })
})
