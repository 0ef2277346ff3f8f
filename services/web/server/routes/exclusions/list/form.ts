import { ExclusionState, Kind } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import type { Query } from '../../../components/query'
import { isDay } from '../../../text/dates'
import { exclusionStateOptions, kindOptions } from '../../../text/exclusions'

export const parameters = ['kind', 'state', 'reason', 'start_from', 'start_to', 'on', 'school', 'page', 'trail'] as const

export interface Asked {
  urn: number
  kind: Kind
  state: ExclusionState
  reason: string
  from: string
  to: string
  // Suspended on this day.
  on: string
}

// What the filters in the address ask for. A day that is none is left out, and said.
export function readFilters(query: Query): { asked: Asked; errors: FieldErrors } {
  const errors: FieldErrors = {}
  const day = (name: string, words: string) => {
    const value = query[name] ?? ''
    if (value === '' || isDay(value)) return value
    errors[name] = words
    return ''
  }
  const asked: Asked = {
    urn: Number(query.school) || 0,
    kind: kindOptions.find(({ words }) => words.code === query.kind)?.kind ?? Kind.UNSPECIFIED,
    state: exclusionStateOptions.find(({ named }) => named.code === query.state)?.state ?? ExclusionState.UNSPECIFIED,
    reason: query.reason ?? '',
    from: day('start_from', 'Enter a real first day'),
    to: day('start_to', 'Enter a real last day'),
    on: day('on', 'Enter a real day'),
  }
  if (asked.from && asked.to && asked.to < asked.from) errors.start_to = 'The last day must not be before the first'
  return { asked, errors }
}
