import { create } from '@bufbuild/protobuf'
import { createRouterTransport, createClient } from '@connectrpc/connect'
import { describe, expect, test } from 'vitest'
import { PersonSchema, RegistryService } from '../../gen/pathways/registry/v1/service_pb'
import type { Clients } from '../clients/clients'
import { aPerson } from '../testSupport'
import type { IdentityProvider, Proof } from './identityProvider'
import { can, roleName, toPerson } from './person'
import { exchange, needsRenewal, renew, type SignedIn } from './signedIn'

const minute = 60_000
const now = Date.parse('2026-11-24T09:00:00Z')

function clients(): Clients {
  const transport = createRouterTransport(({ service }) => {
    service(RegistryService, {
      exchangeIdentity: ({ proof }) => ({
        token: `token for ${proof.value}`,
        expiresAt: '2026-11-24T09:10:00Z',
        person: { personId: 'a', name: 'Amara Osei', roles: ['school', 'not_a_role'], urns: [900001] },
      }),
    })
  })
  return { registry: createClient(RegistryService, transport) } as Clients
}

function provider(refreshed?: Proof): IdentityProvider {
  return { refresh: () => Promise.resolve(refreshed) } as unknown as IdentityProvider
}

const signedIn = (proof: Proof): SignedIn => ({ person: aPerson('school'), token: 'old', tokenEndsAt: now + minute, proof })

describe('A person', () => {
  test('has only roles that this version knows', () => {
    expect(toPerson(create(PersonSchema, { roles: ['manager', 'from_the_future'] }), []).roles).toEqual(['manager'])
    expect(roleName('from_the_future')).toBe('from the future')
  })
  test('may do what one of their roles may', () => {
    expect(can({ roles: ['manager'] }, 'triage')).toBe(false)
    expect(can({ roles: ['manager', 'early_help_worker'] }, 'triage')).toBe(true)
    expect(can({ roles: ['administrator'] }, 'findPupils')).toBe(false)
    expect(can({ roles: ['data_protection_officer'] }, 'seePupils')).toBe(false)
  })
})

describe('A Pathways token', () => {
  test('is had for an ID token', async () => {
    const made = await exchange(clients(), { idToken: 'id-1', endsAt: now })
    expect(made).toMatchObject({ token: 'token for id-1', tokenEndsAt: now + 10 * minute, person: { roles: ['school'] } })
  })
  test('is renewed before it ends', () => {
    const at = (endsIn: number) => needsRenewal({ ...signedIn({ idToken: '', endsAt: 0 }), tokenEndsAt: now + endsIn }, now)
    expect([at(2 * minute), at(minute), at(-1)]).toEqual([false, true, true])
  })
  test('is renewed with the same ID token while that is good, and keeps the names of the schools', async () => {
    const renewed = await renew(clients(), provider(), signedIn({ idToken: 'id-1', endsAt: now + 30 * minute }), now)
    expect(renewed).toMatchObject({ token: 'token for id-1', person: { schoolNames: ['Millbrook Community School'] } })
  })
  test('is renewed with a new ID token when the old one ends', async () => {
    const old = signedIn({ idToken: 'id-1', endsAt: now, refreshToken: 'r' })
    const renewed = await renew(clients(), provider({ idToken: 'id-2', endsAt: now + 60 * minute }), old, now)
    expect(renewed?.token).toBe('token for id-2')
  })
  test('is gone when the provider has no more to say: sign in again', async () => {
    expect(await renew(clients(), provider(), signedIn({ idToken: 'id-1', endsAt: now }), now)).toBeUndefined()
    expect(await renew(clients(), provider(undefined), signedIn({ idToken: 'id-1', endsAt: now, refreshToken: 'r' }), now)).toBeUndefined()
  })
})
