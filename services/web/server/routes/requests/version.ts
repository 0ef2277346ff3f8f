import { field } from '../../components/query'

// The version of the request that the sender saw. What is no number is version 0, which no request ever has.
export function readVersion(body: unknown): bigint {
  const text = field(body, 'version')
  return /^\d{1,18}$/.test(text) ? BigInt(text) : 0n
}
