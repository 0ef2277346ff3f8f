import type { FieldErrors } from '../../../components/errors'

// The registry answers nothing for a single letter: it would be half the school.
export function checkSearch(q: unknown): FieldErrors {
  if (typeof q !== 'string') return {}
  return q.trim().length < 2 ? { q: 'Enter at least 2 letters of a name, or a whole UPN' } : {}
}
