import type { Request } from 'express'

// Filters and pages live in the address, so that a list can be bookmarked, shared and returned to.
export type Query = Record<string, string>

// The text parameters of a request that a page knows, trimmed; anything else is left out.
export function readQuery(request: Request, names: readonly string[]): Query {
  const query: Query = {}
  for (const name of names) {
    const value = request.query[name]
    if (typeof value === 'string' && value.trim() !== '') query[name] = value.trim()
  }
  return query
}

export function href(path: string, query: Record<string, string | undefined>): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries)}`
}

// Where a page was reached from, so that its back link returns to the same filters and page. Only our own paths.
export function backTo(request: Request, fallback: string): string {
  const from = request.query.from
  return typeof from === 'string' && isOwnPath(from) ? from : fallback
}

// A path that carries on where this page was reached from.
export function onward(request: Request, path: string): string {
  return href(path, { from: backTo(request, '') })
}

export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(path)
}

// The one value of a form field; the empty string when it is absent.
export function field(body: unknown, name: string): string {
  const value = (body as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? value.trim() : ''
}

// All values of a form field, for check boxes.
export function fields(body: unknown, name: string): string[] {
  const value = (body as Record<string, unknown> | undefined)?.[name]
  return [value].flat().filter((one): one is string => typeof one === 'string' && one !== '')
}
