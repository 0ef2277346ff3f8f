import type { Proposal } from '../../../../gen/pathways/referrals/v1/service_pb'
import type { PupilName } from '../../../../gen/pathways/registry/v1/service_pb'
import { pupilLabel } from '../../../services/names'
import { brief } from '../../../text/dates'
import { count, percent } from '../../../text/figures'
import { crossing, yearGroup } from '../../../text/words'

export interface ProposalRow {
  proposalId: string
  pupil: string
  yearGroup: string
  school: string
  why: string
  severe: boolean
  missed: string
  absence: string
  day: string
}

// The figures that made the proposal: of the year for absence, of ten school weeks for unauthorised absence.
function figures(proposal: Proposal): Pick<ProposalRow, 'missed' | 'absence'> {
  const { sessionsAbsent, sessionsPossible, sessionsUnauthorised } = proposal
  if (proposal.kind === 'unauthorised_10_in_10_weeks') return { missed: `${count(sessionsUnauthorised)} unauthorised`, absence: '' }
  return { missed: `${count(sessionsAbsent)} of ${count(sessionsPossible)}`, absence: percent(sessionsAbsent, sessionsPossible) }
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
    ...figures(proposal),
    day: brief(proposal.day),
  }
}
