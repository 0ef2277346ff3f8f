import type { GetRoomResponse } from '../../../../gen/pathways/panel/v1/room_pb'
import type { Clients } from '../../../clients/clients'
import { href } from '../../../components/query'
import { text, number, type Cell } from '../../../components/tables'
import { markText } from '../../../services/roomWatch'
import { count, plural } from '../../../text/figures'

// What a page of an open sitting needs to keep itself up to date.
export interface LiveRoom {
  // Where its events come from.
  events: string
  places: PresentedPlaces
  room: GetRoomResponse
}

export interface PresentedPlaces {
  tiers: string[]
  table?: { caption: string; captionClasses: string; head: Cell[]; rows: Cell[][] }
}

// The marks first: what changes while the rest is read is then told once more, never missed.
export async function readLiveRoom(clients: Clients, sittingId: string): Promise<LiveRoom> {
  const marks = await clients.room.getRoomMarks({ sittingId })
  const room = await clients.room.getRoom({ sittingId })
  return { events: href(`/panel/sittings/${sittingId}/events`, { seen: markText(marks) }), places: presentPlaces(room), room }
}

// "Tier 2: 14 places free; 3 pupils decided on here have none yet, which leaves 11."
export function presentPlaces({ tiers, programmes }: GetRoomResponse): PresentedPlaces {
  const rows = programmes.map(({ providerName, name, tier, free }) => [text(providerName), text(name), number(String(tier)), number(count(free))])
  return {
    tiers: tiers.map(({ tier, free, promised }) => {
      const said = `Tier ${tier}: ${plural(free, 'place')} free`
      if (promised === 0) return `${said}.`
      const left = free - promised
      return `${said}; ${plural(promised, 'pupil')} decided on here ${promised === 1 ? 'has' : 'have'} none yet, which ${left >= 0 ? `leaves ${count(left)}` : `is ${count(-left)} too few`}.`
    }),
    table: rows.length > 0 ? { caption: 'Free places by programme', captionClasses: 'govuk-visually-hidden', head: [text('Provider'), text('Programme'), number('Tier'), number('Free')], rows } : undefined,
  }
}
