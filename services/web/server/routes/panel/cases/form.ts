import { CaseState, Origin, Phase } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Query } from '../../../components/query'
import { caseStateOptions, originOptions, phases } from '../../../text/panel'

export const parameters = ['state', 'panel', 'origin', 'school', 'show', 'page', 'trail'] as const

// What waits for somebody, unless the address says otherwise.
const open = [CaseState.DRAFT, CaseState.REFERRED, CaseState.SCHEDULED, CaseState.DECIDED]

export function readFilters(query: Query) {
  const state = caseStateOptions.find(({ named }) => named.code === query.state)?.state
  return {
    states: state !== undefined ? [state] : query.state === 'all' ? [] : open,
    phase: phases.find(({ value }) => value === query.panel)?.phase ?? Phase.UNSPECIFIED,
    origin: originOptions.find(({ value }) => value === query.origin)?.origin ?? Origin.UNSPECIFIED,
    urn: Number(query.school) || 0,
    incomplete: query.show === 'incomplete',
  }
}
