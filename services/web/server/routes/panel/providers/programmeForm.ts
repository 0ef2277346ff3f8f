import { Code, ConnectError } from '@connectrpc/connect'
import { randomUUID } from 'node:crypto'
import type { Programme } from '../../../../gen/pathways/panel/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { needs } from '../../../panelForm/options'
import type { Answers, FormPage } from '../../../requestForm/types'
import { phases, tiers } from '../../../text/panel'
import { penceOf, weekdays } from '../../../text/providers'
import type { Ask } from '../formPages'
import { loadProvider } from './load'

const mostPlaces = 200

const questions: FormPage['questions'] = [
  { key: 'name', kind: 'line', label: 'What is it called?', short: 'Name', hint: 'For example, Motor vehicle and maths', required: true, limit: 200, missing: 'Enter its name' },
  { key: 'tier', kind: 'choice', label: 'In which tier?', short: 'Tier', required: true, options: tiers, missing: 'Select the tier' },
  { key: 'phase', kind: 'choice', label: 'For which pupils?', short: 'Phase', required: true, options: phases, missing: 'Select primary or secondary' },
  { key: 'needs', kind: 'choices', label: 'Which needs does it serve?', short: 'Needs', required: true, options: needs, missing: 'Select at least one need' },
  { key: 'pence_a_week', kind: 'line', label: 'What does a full week cost, in pounds?', short: 'Cost', hint: 'For example, 412.50. A part of the week costs a fifth for each day.', required: true, limit: 9, missing: 'Enter the cost of a week' },
  ...weekdays.map(({ value, text }) => ({ key: value, kind: 'line', label: `Places on ${text}`, short: text, required: false, limit: 3, missing: '' }) as const),
]

function storedOf(programme: Programme): Answers {
  const { name, tier, phase, penceAWeek, days } = programme
  const places = Object.fromEntries(days.map(one => [one.day, String(one.places)]))
  return { name, tier: String(tier), phase: phases.find(one => one.phase === phase)?.value ?? '', needs: programme.needs.join(','), pence_a_week: (Number(penceAWeek) / 100).toFixed(2), ...places }
}

export function checkProgramme(answers: Answers): FieldErrors {
  const errors: FieldErrors = {}
  if (penceOf(answers.pence_a_week ?? '') === undefined) errors.pence_a_week = 'Enter an amount in pounds, such as 412.50'
  for (const { value } of weekdays) {
    const places = answers[value] ?? ''
    if (places !== '' && (!/^\d+$/.test(places) || Number(places) > mostPlaces)) errors[value] = `Enter a number from 0 to ${mostPlaces}`
  }
  if (weekdays.every(({ value }) => Number(answers[value] ?? 0) === 0)) errors.mon = 'Enter places for at least one day'
  return errors
}

export function programmeFrom(answers: Answers, known: { programmeId: string; providerId: string; version: bigint }) {
  return {
    ...known,
    name: answers.name ?? '',
    tier: Number(answers.tier),
    phase: phases.find(({ value }) => value === answers.phase)?.phase,
    needs: (answers.needs ?? '').split(',').filter(Boolean),
    penceAWeek: penceOf(answers.pence_a_week ?? '') ?? 0n,
    days: weekdays.map(({ value }) => ({ day: value, places: Number(answers[value] ?? 0) })).filter(({ places }) => places > 0),
  }
}

// A programme to be added, or one that is there.
export const askProgramme: Ask = async ({ clients }, request) => {
  const provider = await loadProvider(clients, request)
  const id = request.params.programme
  const programme = provider.programmes.find(({ programmeId }) => programmeId === id)
  if (id && !programme) throw new ConnectError('no such programme', Code.NotFound)
  const path = `/panel/providers/${provider.providerId}`
  return {
    page: { slug: 'programme', title: programme ? 'Change the programme' : 'Add a programme', questions },
    caption: provider.name,
    intro: programme && 'A place that a pupil has, or had, cannot be taken away.',
    action: `${path}/programmes/${programme?.programmeId ?? 'new'}`,
    back: { href: path, text: provider.name },
    submit: 'Save',
    stored: programme ? storedOf(programme) : {},
    version: programme?.version ?? 0n,
    id: programme ? undefined : randomUUID(),
    last: programme && { what: 'programme', updatedBy: programme.updatedBy, updatedAt: programme.updatedAt, state: '' },
    check: checkProgramme,
    send: async (answers, version, made) => {
      await clients.panel.saveProgramme({ programme: programmeFrom(answers, { programmeId: programme?.programmeId ?? made, providerId: provider.providerId, version }) })
      return { path, flash: programme ? 'Programme changed.' : 'Programme added.' }
    },
  }
}
