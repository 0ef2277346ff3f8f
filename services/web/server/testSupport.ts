import type { Person, Role } from './auth/person'
import type { Sums } from './text/figures'

// Builders shared by unit tests.
export function aPerson(role: Role, change: Partial<Person> = {}): Person {
  const own = role === 'school'
  return {
    id: `person-${role}`,
    name: 'Amara Osei',
    title: '',
    roles: [role],
    urns: own ? [900001] : [],
    laCodes: own ? [] : [999],
    schoolNames: own ? ['Millbrook Community School'] : [],
    ...change,
  }
}

export function sums(possible: number, authorised: number, unauthorised: number): Sums {
  return {
    possible: BigInt(possible),
    authorised: BigInt(authorised),
    unauthorised: BigInt(unauthorised),
    attended: BigInt(possible - authorised - unauthorised),
  }
}
