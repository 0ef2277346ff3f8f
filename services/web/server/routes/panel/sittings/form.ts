import { randomUUID } from 'node:crypto'
import { Seat, type Member, type Sitting } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Person as WirePerson } from '../../../../gen/pathways/registry/v1/service_pb'
import type { Clients } from '../../../clients/clients'
import type { FieldErrors } from '../../../components/errors'
import type { Option } from '../../../components/forms'
import type { Answers, FormPage, Question } from '../../../requestForm/types'
import { seats, sittingState } from '../../../text/panel'
import { fetchSitting } from '../sitting/load'
import { idOf } from '../load'
import type { Ask } from '../formPages'
import { checkCapacity } from './panelForm'

// Whoever may sit: those with a role of the panel, chairs first.
async function candidates(clients: Clients): Promise<WirePerson[]> {
  const [chairs, members] = await Promise.all(['panel_chair', 'panel_member'].map(role => clients.registry.listPeople({ role })))
  const all = [...(chairs?.people ?? []), ...(members?.people ?? [])]
  return all.filter((one, index) => all.findIndex(({ personId }) => personId === one.personId) === index)
}

function seatQuestion({ personId, name, title }: WirePerson): Question {
  return { key: `seat-${personId}`, kind: 'select', label: [name, title].filter(Boolean).join(', '), short: name, required: false, options: seats, missing: '' }
}

function pageOf(panels: Option[], people: WirePerson[]): FormPage {
  return {
    slug: 'sitting',
    title: 'Plan a sitting',
    questions: [
      { key: 'panel_id', kind: 'choice', label: 'Which panel?', short: 'Panel', required: true, options: panels, missing: 'Select the panel' },
      { key: 'day', kind: 'date', label: 'On which day?', short: 'Day', required: true, days: 'any', missing: 'Enter the day' },
      { key: 'starts_at', kind: 'line', label: 'From what time?', short: 'From', hint: 'For example, 09:30', required: true, limit: 5, missing: 'Enter a time, such as 09:30' },
      { key: 'venue', kind: 'line', label: 'Where, or how to join?', short: 'Where', required: true, limit: 200, missing: 'Enter where it is' },
      { key: 'capacity', kind: 'line', label: 'How many cases? (optional)', short: 'Cases', hint: 'As many as the panel usually takes, unless you say otherwise.', required: false, limit: 2, missing: '' },
      ...people.map(seatQuestion),
    ],
  }
}

function storedOf(sitting: Sitting | undefined): Answers {
  if (!sitting) return {}
  const members = sitting.members.map(({ personId, seat }) => [`seat-${personId}`, seats.find(one => one.seat === seat)?.value ?? ''])
  return { panel_id: sitting.panelId, day: sitting.day, starts_at: sitting.startsAt, venue: sitting.venue, capacity: String(sitting.capacity), ...Object.fromEntries(members) }
}

// A head teacher sits for a school: its cases are hidden from them.
export function membersOf(people: readonly Pick<WirePerson, 'personId' | 'urns'>[], answers: Answers): Pick<Member, 'personId' | 'seat' | 'urn'>[] {
  return people.flatMap(({ personId, urns }) => {
    const seat = seats.find(({ value }) => value === answers[`seat-${personId}`])?.seat
    return seat === undefined ? [] : [{ personId, seat, urn: seat === Seat.HEAD_TEACHER ? (urns[0] ?? 0) : 0 }]
  })
}

export function checkSitting(answers: Answers, people: readonly Pick<WirePerson, 'personId' | 'urns'>[]): FieldErrors {
  const errors = checkCapacity('capacity', answers.capacity || '1')
  const first = people[0]
  if (first && membersOf(people, answers).filter(({ seat }) => seat === Seat.CHAIR).length !== 1) errors[`seat-${first.personId}`] = 'Name one chair'
  return errors
}

// A new sitting, or one that is planned already.
export const askSitting: Ask = async ({ clients }, request) => {
  const sitting = request.params.sitting ? await fetchSitting(clients, idOf(request, 'sitting')) : undefined
  const [{ panels }, people] = await Promise.all([clients.panel.listPanels({}), candidates(clients)])
  const page = pageOf(panels.map(({ panelId, name }) => ({ value: panelId, text: name })), people)
  const path = sitting ? `/panel/sittings/${sitting.sittingId}` : '/panel/sittings'
  return {
    page: { ...page, title: sitting ? 'Change this sitting' : page.title },
    caption: 'Securing Education Panel',
    intro: 'The agenda of a new sitting fills itself: complete cases, earliest day of education first. Give everybody who sits a seat; one of them is the chair.',
    action: sitting ? `${path}/change` : `${path}/new`,
    back: { href: path, text: sitting ? 'Sitting' : 'Sittings' },
    submit: sitting ? 'Save' : 'Plan the sitting',
    stored: storedOf(sitting),
    version: sitting?.version ?? 0n,
    id: sitting ? undefined : randomUUID(),
    last: sitting && { what: 'sitting', updatedBy: sitting.updatedBy, updatedAt: sitting.updatedAt, state: sittingState(sitting.state).text },
    check: answers => checkSitting(answers, people),
    send: async (answers, version, id) => {
      const sittingId = sitting?.sittingId ?? id
      await clients.panel.saveSitting({
        sittingId, version, panelId: answers.panel_id, day: answers.day, startsAt: answers.starts_at, venue: answers.venue, capacity: Number(answers.capacity) || 0, members: membersOf(people, answers),
      })
      return { path: `/panel/sittings/${sittingId}`, flash: sitting ? 'Sitting changed.' : 'Sitting planned.' }
    },
  }
}
