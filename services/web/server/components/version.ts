import { field } from './query'

// The version of a record that the sender saw. What is no number is version 0, which no record ever has.
export function readVersion(body: unknown): bigint {
  const text = field(body, 'version')
  return /^\d{1,18}$/.test(text) ? BigInt(text) : 0n
}
