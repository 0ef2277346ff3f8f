import { roleName } from '../auth/person'

// Who acted, in the role they had then.
export function actor({ personId, role }: { personId: string; role: string }, people: Map<string, string>): string {
  if (personId === '') return 'Pathways'
  const name = people.get(personId) ?? 'a colleague'
  return role ? `${name}, ${roleName(role).toLowerCase()}` : name
}
