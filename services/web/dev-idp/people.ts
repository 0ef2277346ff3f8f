import file from './people.json'

// A person of the demonstration. `roles`, `urns` and `la_codes` are for registry's people import; here only who they are.
export interface DemoPerson {
  sub: string
  name: string
  email: string
  title: string
  role: string
  roles: string[]
  urns: number[]
  la_codes: number[]
}

export const people: readonly DemoPerson[] = file.people

export function findPerson(sub: string): DemoPerson | undefined {
  return people.find(person => person.sub === sub)
}
