import type { Programme, Provider, ProviderCheck } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Labelled } from '../../../components/summary'
import { needs } from '../../../panelForm/options'
import { dateTime, longDay } from '../../../text/dates'
import { plural } from '../../../text/figures'
import { named, phaseName } from '../../../text/panel'
import { checkKinds, checkOutcomes, costWords, registrations, weekdays } from '../../../text/providers'

// Places that are free on that of its days that has fewest.
function freeOf({ days }: Programme): number {
  return days.length === 0 ? 0 : Math.min(...days.map(({ places, taken }) => places - taken))
}

export function presentProviderRow(provider: Provider) {
  const { providerId, name, registration, concerns, programmes } = provider
  return {
    providerId,
    name,
    registration: named(registrations, registration),
    programmes: programmes.map(one => `${one.name}: ${plural(freeOf(one), 'place', 'places')} free`),
    state: !provider.open ? { text: 'Takes no pupils', colour: 'grey' } : concerns.length > 0 ? { text: 'Checks to put right', colour: 'red' } : { text: 'Takes pupils', colour: 'green' },
  }
}

function where({ located, easting, northing, urn }: Provider): string {
  if (easting > 0) return `Easting ${easting}, northing ${northing}`
  return located ? `From the register of schools, by URN ${urn}` : 'Not known: distances cannot be shown'
}

export function presentFacts(provider: Provider, people: Map<string, string>): Labelled[] {
  const staff = provider.personIds.map(id => people.get(id) ?? 'A person you cannot see')
  return [
    { label: 'Registration', value: named(registrations, provider.registration) },
    { label: 'URN', value: provider.urn > 0 ? String(provider.urn) : 'None' },
    { label: 'Where it is', value: where(provider) },
    { label: 'Takes pupils', value: provider.open ? 'Yes' : 'No' },
    { label: 'Who works there and uses Pathways', value: staff.join('\n') || 'Nobody yet: offers are answered for it by the authority' },
    { label: 'Last change', value: provider.updatedBy ? `${dateTime(provider.updatedAt)}, by ${people.get(provider.updatedBy) ?? 'a colleague'}` : '' },
  ].filter(({ value }) => value !== '')
}

function stateOf(check: ProviderCheck | undefined, today: string) {
  if (!check) return { text: 'Not checked yet', colour: 'red' }
  if (check.nextDue < today) return { text: 'Overdue', colour: 'red' }
  const outcome = checkOutcomes.find(({ value }) => value === check.outcome)
  return { text: outcome?.text ?? check.outcome, colour: outcome?.colour ?? 'grey' }
}

// Every check a commissioner makes, also those that are missing.
export function presentChecks({ checks }: Provider, today: string) {
  return checkKinds.map(({ value, text }) => {
    const check = checks.find(({ kind }) => kind === value)
    return { kind: value, name: text, state: stateOf(check, today), checked: longDay(check?.checkedOn ?? ''), due: longDay(check?.nextDue ?? '') }
  })
}

export function presentProgramme(programme: Programme) {
  return {
    programmeId: programme.programmeId,
    name: programme.name,
    facts: [
      { label: 'Tier and phase', value: `Tier ${programme.tier}, ${phaseName(programme.phase).toLowerCase()}` },
      { label: 'Needs it serves', value: programme.needs.map(code => named(needs, code)).join('\n') },
      { label: 'Cost', value: costWords(programme.penceAWeek) },
      { label: 'Places', value: programme.days.filter(({ places }) => places > 0).map(({ day, places, taken }) => `${named(weekdays, day)}: ${places - taken} of ${places} free`).join('\n') },
    ],
  }
}
