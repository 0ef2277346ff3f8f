import type { Person } from '../auth/person'
import type { Clients } from '../clients/clients'
import type { Option } from '../components/forms'

// Schools to choose from in a form or filter; empty when there is nothing to choose.
export async function schoolOptions(clients: Clients, person: Person): Promise<Option[]> {
  if (person.laCodes.length === 0 && person.urns.length < 2) return []
  const { schools } = await clients.registry.listSchools({ pageSize: 500 })
  return schools.map(({ urn, name }) => ({ value: String(urn), text: name }))
}
