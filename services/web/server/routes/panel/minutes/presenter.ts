import type { Minutes, MinutesItem } from '../../../../gen/pathways/panel/v1/minutes_pb'
import { dateTime, longDay } from '../../../text/dates'
import { listed } from '../../../text/figures'
import { seatName, votes } from '../../../text/panel'

export interface MinutesNames {
  pupils: Map<string, string>
  people: Map<string, string>
  schools: Map<number, string>
}

export interface MinutesPart {
  item: string
  title: string
  reference: string
  paragraphs: string[][]
  // Names that the words leave to the page.
  facts: string[]
  // The sitting has moved on since the clerk wrote.
  drafted: string[][]
}

// A paragraph is its lines.
export function paragraphs(words: string): string[][] {
  return words.split(/\n{2,}/).map(one => one.split('\n')).filter(lines => lines.some(Boolean))
}

function title({ item, pupilId, urn }: MinutesItem, { pupils, schools }: MinutesNames): string {
  if (item === 'attendance') return 'Who was there'
  if (item === 'other') return 'Other business'
  return [pupils.get(pupilId) ?? 'A pupil you cannot see', schools.get(urn)].filter(Boolean).join(', ')
}

function facts({ members, interestedPersonIds, votes: cast }: MinutesItem, { people, schools }: MinutesNames): string[] {
  const name = (id: string) => people.get(id) ?? 'a colleague'
  const there = members.map(({ personId, seat, urn, attended }) => `${[name(personId), seatName(seat), schools.get(urn)].filter(Boolean).join(', ')}: ${attended ? 'there' : 'not there'}`)
  const interests = interestedPersonIds.length > 0 ? [`With an interest, without a part in it: ${listed(interestedPersonIds.map(name))}`] : []
  return [...there, ...interests, ...cast.map(({ personId, choice }) => `${name(personId)}: ${votes.find(one => one.choice === choice)?.text.toLowerCase() ?? ''}`)]
}

export function presentPart(item: MinutesItem, names: MinutesNames): MinutesPart {
  return { item: item.item, title: title(item, names), reference: item.reference, paragraphs: paragraphs(item.words), facts: facts(item, names), drafted: paragraphs(item.drafted) }
}

export function minutesTitle({ panelName, day }: Minutes): string {
  return `Minutes: ${panelName}, ${longDay(day)}`
}

// Where the minutes stand, in a sentence.
export function standing({ signedAt, signedBy, updatedAt, updatedBy, intact }: Minutes, people: Map<string, string>): string {
  const by = (id: string) => people.get(id) ?? 'a colleague'
  if (signedAt) return `Signed ${dateTime(signedAt)}, by ${by(signedBy)}. ${intact ? 'They are as they were signed.' : 'They are not as they were signed: tell your Pathways administrator.'}`
  return updatedAt ? `Drafted by Pathways, words changed ${dateTime(updatedAt)}, by ${by(updatedBy)}. Not signed yet.` : 'Drafted by Pathways from what the sitting recorded. Not signed yet.'
}
