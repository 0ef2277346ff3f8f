import { z } from 'zod'
import type { FieldErrors } from './errors'
import { lengthOf } from './forms'

// A reason a colleague will read: a few words at least.
const fewest = 10

export function checkReason(name: string, value: string, limit: number, missing: string): FieldErrors {
  const shape = z
    .string()
    .min(1, missing)
    .refine(text => text === '' || lengthOf(text) >= fewest, 'Write at least a few words, so that others understand')
    .refine(text => lengthOf(text) <= limit, `Write ${limit} characters or fewer`)
  const problem = shape.safeParse(value).error?.issues[0]
  return problem ? { [name]: problem.message } : {}
}
