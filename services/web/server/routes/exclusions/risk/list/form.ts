import { RiskDecision, RiskProposalState } from '../../../../../gen/pathways/exclusions/v1/risk_pb'
import type { Query } from '../../../../components/query'
import { riskDecisions, riskStateOptions } from '../../../../text/risk'

export const parameters = ['state', 'decision', 'phase', 'school', 'page', 'trail'] as const

// What the filters in the address ask for. Without a state: what waits for a decision.
export function readFilters(query: Query) {
  const chosen = riskStateOptions.find(({ named }) => named.code === query.state)?.state
  const decision = riskDecisions.find(({ code }) => code === query.decision)?.decision ?? RiskDecision.UNSPECIFIED
  const usual = decision === RiskDecision.UNSPECIFIED ? RiskProposalState.OPEN : RiskProposalState.UNSPECIFIED
  return {
    state: query.state === 'all' ? RiskProposalState.UNSPECIFIED : (chosen ?? usual),
    decision,
    phase: query.phase === 'primary' || query.phase === 'secondary' ? query.phase : '',
    urn: Number(query.school) || 0,
  }
}
