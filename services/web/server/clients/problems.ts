import { Code, ConnectError } from '@connectrpc/connect'
import { BadRequestSchema } from '../../gen/google/rpc/error_details_pb'

export interface Violation {
  field: string
  description: string
}

// The values a service wants corrected; empty when the failure is of another kind.
export function violationsOf(error: unknown): Violation[] {
  if (!(error instanceof ConnectError)) return []
  return error
    .findDetails(BadRequestSchema)
    .flatMap(detail => detail.fieldViolations.map(({ field, description }) => ({ field, description })))
}

export function isCode(error: unknown, ...codes: Code[]): boolean {
  return error instanceof ConnectError && codes.includes(error.code)
}

// Refusals a person can mend on the page they sent.
export function isCorrectable(error: unknown): boolean {
  return isCode(error, Code.InvalidArgument, Code.FailedPrecondition)
}

// Somebody else changed the record first.
export function isConflict(error: unknown): boolean {
  return isCode(error, Code.Aborted, Code.AlreadyExists)
}

const statuses = new Map<Code, number>([
  [Code.NotFound, 404],
  [Code.PermissionDenied, 403],
  [Code.Unauthenticated, 401],
  [Code.InvalidArgument, 422],
  [Code.FailedPrecondition, 422],
  [Code.OutOfRange, 422],
  [Code.Aborted, 409],
  [Code.AlreadyExists, 409],
  [Code.DeadlineExceeded, 504],
  [Code.Unavailable, 503],
  [Code.ResourceExhausted, 503],
])

// The HTTP status that a failed call means when the page has nothing better to say.
export function statusOf(error: unknown): number {
  return error instanceof ConnectError ? (statuses.get(error.code) ?? 500) : 500
}
