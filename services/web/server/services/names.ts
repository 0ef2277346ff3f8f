import { Code } from '@connectrpc/connect'
import type { Clients } from '../clients/clients'
import { isCode } from '../clients/problems'
import type { PupilName } from '../../gen/pathways/registry/v1/service_pb'
import { listName } from '../text/words'

const atOnce = 500

function unique<T>(values: Iterable<T>): T[] {
  return [...new Set(values)]
}

// Pupils by id. Those the caller may not see are absent.
export async function pupilsById(clients: Clients, ids: Iterable<string>): Promise<Map<string, PupilName>> {
  const pupilIds = unique(ids).filter(Boolean)
  if (pupilIds.length === 0) return new Map()
  const { names } = await clients.registry.getPupilNames({ pupilIds: pupilIds.slice(0, atOnce) })
  return new Map(names.map(name => [name.pupilId, name]))
}

export function pupilLabel(pupil: PupilName | undefined): string {
  return pupil ? listName(pupil) : 'A pupil you cannot see'
}

// Names of people by id; those not known, or not shown to the caller, are absent.
export async function peopleById(clients: Clients, ids: Iterable<string>): Promise<Map<string, string>> {
  const personIds = unique(ids).filter(Boolean)
  if (personIds.length === 0) return new Map()
  try {
    const { people } = await clients.registry.getPeople({ personIds: personIds.slice(0, atOnce) })
    return new Map(people.map(person => [person.personId, person.name]))
  } catch (error) {
    if (isCode(error, Code.PermissionDenied, Code.NotFound)) return new Map()
    throw error
  }
}

// School names by URN. They are public and change about once a year, so they are kept for the life of the process, ten
// minutes each.
const keptMs = 10 * 60_000
const kept = new Map<number, { name: string; until: number }>()

export async function schoolsByUrn(clients: Clients, urns: Iterable<number>, now = Date.now()): Promise<Map<number, string>> {
  const wanted = unique(urns).filter(urn => urn > 0)
  const missing = wanted.filter(urn => (kept.get(urn)?.until ?? 0) < now)
  await Promise.all(missing.length > 3 ? [keepAll(clients, now)] : missing.map(urn => keepOne(clients, urn, now)))
  return new Map(wanted.map(urn => [urn, kept.get(urn)?.name ?? `School ${urn}`]))
}

async function keepAll(clients: Clients, now: number): Promise<void> {
  const { schools } = await clients.registry.listSchools({ pageSize: atOnce })
  for (const { urn, name } of schools) kept.set(urn, { name, until: now + keptMs })
}

async function keepOne(clients: Clients, urn: number, now: number): Promise<void> {
  try {
    const { school } = await clients.registry.getSchool({ urn })
    if (school) kept.set(urn, { name: school.name, until: now + keptMs })
  } catch (error) {
    // A school outside the caller's scope is named by its number.
    if (!isCode(error, Code.NotFound, Code.PermissionDenied)) throw error
  }
}

export function forgetSchoolNames(): void {
  kept.clear()
}
