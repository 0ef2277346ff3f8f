import { randomUUID } from 'node:crypto'
import type { Provider } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Person } from '../../../auth/person'
import type { FieldErrors } from '../../../components/errors'
import type { Option } from '../../../components/forms'
import type { Answers, FormPage } from '../../../requestForm/types'
import { registrations } from '../../../text/providers'
import type { Ask } from '../formPages'
import { loadProvider } from './load'

const yesNo: readonly Option[] = [{ value: 'yes', text: 'Yes' }, { value: 'no', text: 'No' }]

function pageOf(people: readonly Option[], title: string): FormPage {
  return {
    slug: 'provider',
    title,
    questions: [
      { key: 'name', kind: 'line', label: 'What is it called?', short: 'Name', required: true, limit: 200, missing: 'Enter its name' },
      { key: 'registration', kind: 'choice', label: 'What is it registered as?', short: 'Registration', required: true, options: registrations, missing: 'Select what it is registered as' },
      { key: 'urn', kind: 'line', label: 'URN (optional)', short: 'URN', hint: 'Six digits. A registered school has one; where it is comes with it.', required: false, limit: 6, missing: '' },
      { key: 'easting', kind: 'line', label: 'Easting (optional)', short: 'Easting', hint: 'In metres, such as 504960. With it the distance to schools can be shown.', required: false, limit: 6, missing: '' },
      { key: 'northing', kind: 'line', label: 'Northing (optional)', short: 'Northing', hint: 'In metres, such as 249570', required: false, limit: 7, missing: '' },
      { key: 'open', kind: 'choice', label: 'Does it take pupils now?', short: 'Takes pupils', required: true, options: yesNo, missing: 'Select yes or no' },
      ...(people.length === 0 ? [] : [{ key: 'person_ids', kind: 'choices', label: 'Who works there?', short: 'Who works there', hint: 'They see the placements there, and the names of the pupils.', required: false, options: people, missing: '' } as const]),
    ],
  }
}

function shown(number: number): string {
  return number > 0 ? String(number) : ''
}

function storedOf(provider: Provider): Answers {
  const { name, registration, urn, easting, northing, open, personIds } = provider
  return { name, registration, urn: shown(urn), easting: shown(easting), northing: shown(northing), open: open ? 'yes' : 'no', person_ids: personIds.join(',') }
}

// Numbers alone; what they must be beyond that the service says.
export function checkProvider(answers: Answers): FieldErrors {
  const errors: FieldErrors = {}
  if (answers.urn && !/^\d{6}$/.test(answers.urn)) errors.urn = 'Enter the six digits of the URN'
  for (const key of ['easting', 'northing']) {
    if (answers[key] && !/^\d+$/.test(answers[key])) errors[key] = 'Enter whole metres, such as 504960'
  }
  return errors
}

export function providerFrom(answers: Answers, known: { providerId: string; laCode: number; version: bigint }) {
  return {
    ...known,
    name: answers.name ?? '',
    registration: answers.registration ?? '',
    urn: Number(answers.urn) || 0,
    easting: Number(answers.easting) || 0,
    northing: Number(answers.northing) || 0,
    open: answers.open === 'yes',
    personIds: (answers.person_ids ?? '').split(',').filter(Boolean),
  }
}

// A provider to be entered, or one that is there.
export const askProvider: Ask = async ({ clients }, request, person: Person) => {
  const provider = request.params.provider ? await loadProvider(clients, request) : undefined
  const { people } = await clients.registry.listPeople({ role: 'provider' })
  const path = provider ? `/panel/providers/${provider.providerId}` : '/panel/providers'
  return {
    page: pageOf(people.map(one => ({ value: one.personId, text: [one.name, one.title].filter(Boolean).join(', ') })), provider ? 'Change the provider' : 'Enter a provider'),
    caption: provider?.name ?? 'Alternative provision',
    action: provider ? `${path}/change` : `${path}/new`,
    back: { href: path, text: provider ? provider.name : 'Providers' },
    submit: 'Save',
    stored: provider ? storedOf(provider) : { open: 'yes' },
    version: provider?.version ?? 0n,
    id: provider ? undefined : randomUUID(),
    last: provider && { what: 'provider', updatedBy: provider.updatedBy, updatedAt: provider.updatedAt, state: '' },
    check: checkProvider,
    send: async (answers, version, id) => {
      const providerId = provider?.providerId ?? id
      await clients.panel.saveProvider({ provider: providerFrom(answers, { providerId, laCode: provider?.laCode ?? person.laCodes[0] ?? 0, version }) })
      return { path: `/panel/providers/${providerId}`, flash: provider ? 'Provider changed.' : 'Provider entered. Keep its checks and add its programmes next.' }
    },
  }
}
