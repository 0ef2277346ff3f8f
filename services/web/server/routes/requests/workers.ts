import type { Clients } from '../../clients/clients'
import type { Option } from '../../components/forms'

// Those who can hold a request.
export async function workers(clients: Clients): Promise<Option[]> {
  const { people } = await clients.registry.listPeople({ role: 'early_help_worker' })
  return people.map(({ personId, name, title }) => ({ value: personId, text: title ? `${name}, ${title}` : name }))
}
