import type { Clients } from '../clients/clients'
import type { IdentityProvider, Proof } from './identityProvider'
import { toPerson, type Person } from './person'

// Kept in the session, on the server.
export interface SignedIn {
  person: Person
  token: string
  tokenEndsAt: number
  proof: Proof
}

// A Pathways token is renewed this long before it ends, so that none ends in the middle of a page.
const renewBeforeMs = 90_000

export function needsRenewal(signedIn: SignedIn, now: number): boolean {
  return signedIn.tokenEndsAt - renewBeforeMs <= now
}

export async function exchange(clients: Clients, proof: Proof, known?: Person): Promise<SignedIn> {
  const answer = await clients.registry.exchangeIdentity({ proof: { case: 'idToken', value: proof.idToken } })
  if (!answer.person) throw new Error('registry answered a token without a person')
  return {
    person: toPerson(answer.person, known?.schoolNames ?? []),
    token: answer.token,
    tokenEndsAt: Date.parse(answer.expiresAt),
    proof,
  }
}

// A fresh Pathways token from the identity we hold, asking the provider for a new one when ours has ended. Nothing when
// the person has to sign in again.
export async function renew(
  clients: Clients,
  provider: IdentityProvider,
  signedIn: SignedIn,
  now: number,
): Promise<SignedIn | undefined> {
  let proof: Proof | undefined = signedIn.proof
  if (proof.endsAt - renewBeforeMs <= now) proof = proof.refreshToken ? await provider.refresh(proof) : undefined
  return proof && exchange(clients, proof, signedIn.person)
}
