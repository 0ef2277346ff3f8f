import { isSchool, type Person } from '../../../auth/person'
import type { Clients } from '../../../clients/clients'
import type { Option } from '../../../components/forms'
import { listed } from '../../../text/figures'

// Which schools figures are of: an authority, one of its localities or phases, or a school. In an address "school-900001".

export interface Place {
  kind: 'authority' | 'school' | 'locality' | 'phase'
  value: string
}

interface PlaceNames {
  // The authority, or several of them.
  authority: string
  options: Option[]
  nameOf(place: Place): string
}

export function placeCode({ kind, value }: Place): string {
  return value === '' ? kind : `${kind}-${value}`
}

// A school's own figures come first for those who work in it.
export function usualPlace(person: Person): Place {
  const [urn] = person.urns
  return isSchool(person) && person.laCodes.length === 0 && urn !== undefined ? { kind: 'school', value: String(urn) } : { kind: 'authority', value: '' }
}

export function readPlace(code: string | undefined, person: Person): Place {
  const [, kind, value] = /^(school|locality|phase)-(.+)$/.exec(code ?? '') ?? []
  if (kind !== undefined && value !== undefined) return { kind: kind as Place['kind'], value }
  return code === 'authority' ? { kind: 'authority', value: '' } : usualPlace(person)
}

// Whether this person works with the cases there. The service decides; this keeps pages from offering what it would refuse.
export function worksWith(person: Person, { kind }: Place): boolean {
  return person.laCodes.length > 0 || kind === 'school'
}

export function scopeOf({ kind, value }: Place, laCode: number) {
  return {
    laCode: kind === 'school' ? 0 : laCode,
    urn: kind === 'school' ? Number(value) || 0 : 0,
    locality: kind === 'locality' ? value : '',
    phase: kind === 'phase' ? value : '',
  }
}

function named(kind: Place['kind'], values: readonly string[]): Option[] {
  return [...new Set(values)].filter(Boolean).sort().map(value => ({ value: placeCode({ kind, value }), text: value }))
}

// The places this person can choose, and their names.
export async function placesOf({ registry }: Clients, person: Person): Promise<PlaceNames> {
  const { schools } = await registry.listSchools({ pageSize: 500 })
  const authorities = [...new Set(schools.map(({ laName }) => laName))].filter(Boolean)
  const authority = authorities.length === 0 || authorities.length > 3 ? 'The authority' : listed(authorities)
  const options = [
    { value: 'authority', text: `${authority}, all schools` },
    ...(person.laCodes.length > 0 ? [...named('phase', schools.map(({ phase }) => phase)), ...named('locality', schools.map(({ locality }) => locality))] : []),
    ...schools.map(({ urn, name }) => ({ value: `school-${urn}`, text: name })),
  ]
  return { authority, options, nameOf: place => options.find(({ value }) => value === placeCode(place))?.text ?? place.value }
}
