import { RiskProposalState, type RiskProposal } from '../../../../../gen/pathways/exclusions/v1/risk_pb'
import type { PupilName } from '../../../../../gen/pathways/registry/v1/service_pb'
import { pupilLabel } from '../../../../services/names'
import { dateTime } from '../../../../text/dates'
import type { Named } from '../../../../text/requests'
import { riskDecision, riskState } from '../../../../text/risk'

export interface ProposalRow {
  proposalId: string
  pupil: string
  school: string
  points: string
  facts: string[]
  state: Named
  since: string
}

// A decision says more than that there is one.
export function stateOf({ state, decision }: RiskProposal): Named {
  const named = riskState(state)
  return state === RiskProposalState.DECIDED ? { ...named, text: riskDecision(decision) || named.text } : named
}

export function presentProposals(proposals: readonly RiskProposal[], pupils: Map<string, PupilName>, schools: Map<number, string>): ProposalRow[] {
  return proposals.map(one => ({
    proposalId: one.proposalId,
    pupil: pupilLabel(pupils.get(one.pupilId)),
    school: schools.get(one.urn) ?? '',
    points: `${one.score} (line: ${one.threshold})`,
    facts: one.mainFacts,
    state: stateOf(one),
    since: dateTime(one.proposedAt),
  }))
}
