import type { GetRoomMarksResponse } from '../../gen/pathways/panel/v1/room_pb'
import { Code } from '@connectrpc/connect'
import { isCode } from '../clients/problems'

export type RoomPart = 'agenda' | 'decisions' | 'places'
export type RoomMarks = Pick<GetRoomMarksResponse, RoomPart>

const parts: readonly RoomPart[] = ['agenda', 'decisions', 'places']

// Marks as one text that fits an event's id and an address.
export function markText(marks: RoomMarks): string {
  return parts.map(part => marks[part]).join('|')
}

export function changedParts(seen: string, now: RoomMarks): RoomPart[] {
  const before = seen.split('|')
  return parts.filter((part, index) => now[part] !== before[index])
}

export interface Viewer {
  personId: string
  token: string
  // What the page showed when it was drawn.
  seen: string
  changed(parts: RoomPart[], marks: string): void
  // Nothing more comes.
  ended(): void
}

interface Room {
  viewers: Set<Viewer>
  timer?: NodeJS.Timeout
}

export interface WatchLimits {
  everyMs: number
  most: number
  mostOfOne: number
}

// Browsers allow six connections to a host: a person with more pages open than that waits for nothing here.
const usual: WatchLimits = { everyMs: 1500, most: 400, mostOfOne: 4 }

// One watcher for each sitting that somebody has open, whatever their number. It asks with the token of one of them: each has shown that they may
// see the sitting, and marks are the same for everybody. Asking, unlike a stream, outlives a restart of the service.
export class RoomWatch {
  readonly #rooms = new Map<string, Room>()
  #closed = false

  constructor(
    private readonly ask: (sittingId: string, token: string) => Promise<RoomMarks>,
    private readonly limits: WatchLimits = usual,
  ) {}

  get viewers(): Viewer[] {
    return [...this.#rooms.values()].flatMap(room => [...room.viewers])
  }

  // Answers how to stop, or nothing when there are too many. Throws what the service says to someone who may not see the sitting.
  async follow(sittingId: string, viewer: Viewer): Promise<(() => void) | undefined> {
    const marks = await this.ask(sittingId, viewer.token)
    const own = this.viewers.filter(({ personId }) => personId === viewer.personId).length
    if (this.#closed || this.viewers.length >= this.limits.most || own >= this.limits.mostOfOne) return undefined
    const room = this.#rooms.get(sittingId) ?? { viewers: new Set() }
    this.#rooms.set(sittingId, room)
    room.viewers.add(viewer)
    this.#tell(viewer, marks)
    room.timer ??= this.#next(sittingId, room)
    return () => this.#leave(sittingId, room, viewer)
  }

  close(): void {
    this.#closed = true
    for (const [sittingId, room] of this.#rooms) for (const viewer of room.viewers) this.#end(sittingId, room, viewer)
  }

  #tell(viewer: Viewer, marks: RoomMarks): void {
    const changed = changedParts(viewer.seen, marks)
    if (changed.length === 0) return
    viewer.seen = markText(marks)
    viewer.changed(changed, viewer.seen)
  }

  #next(sittingId: string, room: Room): NodeJS.Timeout {
    return setTimeout(() => void this.#look(sittingId, room), this.limits.everyMs)
  }

  async #look(sittingId: string, room: Room): Promise<void> {
    const asker = [...room.viewers].at(-1)
    if (!asker) return
    try {
      const marks = await this.ask(sittingId, asker.token)
      for (const viewer of room.viewers) this.#tell(viewer, marks)
    } catch (error) {
      // Whose token has ended, or who may see it no more, connects again if they can. A service that does not answer is asked again.
      if (isCode(error, Code.Unauthenticated, Code.PermissionDenied, Code.NotFound)) this.#end(sittingId, room, asker)
    }
    if (room.viewers.size > 0) room.timer = this.#next(sittingId, room)
  }

  #end(sittingId: string, room: Room, viewer: Viewer): void {
    this.#leave(sittingId, room, viewer)
    viewer.ended()
  }

  #leave(sittingId: string, room: Room, viewer: Viewer): void {
    room.viewers.delete(viewer)
    if (room.viewers.size > 0) return
    clearTimeout(room.timer)
    if (this.#rooms.get(sittingId) === room) this.#rooms.delete(sittingId)
  }
}
