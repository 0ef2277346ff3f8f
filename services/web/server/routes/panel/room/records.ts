import type { InterestRecord, VoteRecord } from '../../../../gen/pathways/panel/v1/room_pb'
import { dateTime } from '../../../text/dates'
import { votes } from '../../../text/panel'

function name(people: Map<string, string>, id: string): string {
  return people.get(id) ?? 'a colleague'
}

// Members speak and the clerk types: who did is said where it was not the member.
function writtenBy(people: Map<string, string>, personId: string, by: string, at: string): string {
  return by === personId ? dateTime(at) : `written down by ${name(people, by)}, ${dateTime(at)}`
}

export function interestWords(personId: string, record: InterestRecord | undefined, people: Map<string, string>): string {
  const who = name(people, personId)
  return record ? `${who} (${writtenBy(people, personId, record.writtenBy, record.at)})` : who
}

// "Anita Desai: for (written down by Naomi Fletcher, 24 November 2026 at 9:15am)"
export function voteWords({ personId, choice, writtenBy: by, at }: VoteRecord, people: Map<string, string>): string {
  return `${name(people, personId)}: ${votes.find(one => one.choice === choice)?.text.toLowerCase() ?? ''} (${writtenBy(people, personId, by, at)})`
}
