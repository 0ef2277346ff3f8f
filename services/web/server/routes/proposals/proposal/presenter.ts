import type { Proposal } from '../../../../gen/pathways/referrals/v1/service_pb'
import type { PupilName } from '../../../../gen/pathways/registry/v1/service_pb'
import { dateTime, longDay } from '../../../text/dates'
import { count, percent } from '../../../text/figures'
import { proposalState, type Named } from '../../../text/requests'
import { crossing, crossingMeaning, fullName, yearGroup } from '../../../text/words'

export interface ProposalPage {
  proposalId: string
  pupilId: string
  urn: number
  pupil: string
  title: string
  state: Named
  meaning: string
  facts: { label: string; value: string }[]
  dismissedReason: string
  requestId: string
}

function figures(proposal: Proposal): ProposalPage['facts'] {
  const { sessionsAbsent, sessionsPossible, sessionsUnauthorised } = proposal
  if (proposal.kind === 'unauthorised_10_in_10_weeks') {
    return [{ label: 'Unauthorised sessions in 10 school weeks', value: count(sessionsUnauthorised) }]
  }
  return [
    { label: 'Sessions missed', value: `${count(sessionsAbsent)} of ${count(sessionsPossible)} possible (${percent(sessionsAbsent, sessionsPossible)})` },
    { label: 'Of these, unauthorised', value: count(sessionsUnauthorised) },
  ]
}

export function presentProposalPage(proposal: Proposal, pupil: PupilName | undefined, school: string): ProposalPage {
  const name = pupil ? fullName(pupil) : 'A pupil you cannot see'
  return {
    proposalId: proposal.proposalId,
    pupilId: proposal.pupilId,
    urn: proposal.urn,
    pupil: name,
    title: `${crossing(proposal.kind)}: ${name}`,
    state: proposalState(proposal.state),
    meaning: crossingMeaning[proposal.kind] ?? '',
    facts: [
      { label: 'Pupil', value: pupil ? `${name}, ${yearGroup(pupil.yearGroup)}` : name },
      { label: 'School', value: school },
      { label: 'Since the school day', value: longDay(proposal.day) },
      ...figures(proposal),
      { label: 'Known to Pathways', value: dateTime(proposal.raisedAt) },
    ],
    dismissedReason: proposal.dismissedReason,
    requestId: proposal.requestId,
  }
}
