import type { Proposal } from '../../../../gen/pathways/referrals/v1/service_pb'
import type { PupilName } from '../../../../gen/pathways/registry/v1/service_pb'
import { pupilLabel } from '../../../services/names'
import { brief } from '../../../text/dates'
import { missedOf, percent, plural } from '../../../text/figures'
import { proposalState, type Named } from '../../../text/requests'
import { crossing, yearGroup } from '../../../text/words'

export interface ProposalRow {
  proposalId: string
  pupil: string
  yearGroup: string
  school: string
  why: string
  severe: boolean
  figures: string
  day: string
  state: Named
}

// The figures that made the proposal: of the year for absence, of ten school weeks for unauthorised absence.
export function proposalFigures(proposal: Proposal): string {
  if (proposal.kind === 'unauthorised_10_in_10_weeks') {
    return `${plural(proposal.sessionsUnauthorised, 'unauthorised session')} in 10 school weeks`
  }
  const rate = percent(proposal.sessionsAbsent, proposal.sessionsPossible)
  return `${missedOf(proposal.sessionsAbsent, proposal.sessionsPossible)} (${rate})`
}

export function presentProposal(proposal: Proposal, pupils: Map<string, PupilName>, schools: Map<number, string>): ProposalRow {
  const pupil = pupils.get(proposal.pupilId)
  return {
    proposalId: proposal.proposalId,
    pupil: pupilLabel(pupil),
    yearGroup: pupil ? yearGroup(pupil.yearGroup) : '',
    school: schools.get(proposal.urn) ?? '',
    why: crossing(proposal.kind),
    severe: proposal.kind === 'severe',
    figures: proposalFigures(proposal),
    day: brief(proposal.day),
    state: proposalState(proposal.state),
  }
}
