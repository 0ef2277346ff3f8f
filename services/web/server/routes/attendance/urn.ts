import type { Request } from 'express'
import { Code, ConnectError } from '@connectrpc/connect'

// The school a path speaks of. What is no URN is a page that does not exist.
export function urnOf(request: Request): number {
  const { urn } = request.params
  if (typeof urn !== 'string' || !/^\d{6}$/.test(urn)) throw new ConnectError('no such school', Code.NotFound)
  return Number(urn)
}
