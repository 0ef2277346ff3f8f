import type { GetRiskProposalResponse, RiskDecisionEntry, RiskWorking } from '../../../../../gen/pathways/exclusions/v1/risk_pb'
import { RiskProposalState } from '../../../../../gen/pathways/exclusions/v1/risk_pb'
import type { PupilName } from '../../../../../gen/pathways/registry/v1/service_pb'
import { roleName } from '../../../../auth/person'
import { dateTime } from '../../../../text/dates'
import type { Named } from '../../../../text/requests'
import { lapseWords, riskDecision } from '../../../../text/risk'
import { fullName, yearGroup } from '../../../../text/words'
import { stateOf } from '../list/presenter'

export interface Working {
  score: number
  threshold: number
  at: string
  shares: { fact: string; points: number; toChange: string }[]
}

export interface Decision {
  decision: string
  reason: string
  by: string
  at: string
  score: number
}

export interface ProposalFacts {
  proposalId: string
  pupilId: string
  version: bigint
  pupil: string
  state: Named
  open: boolean
  lapsed: string
  rows: { label: string; value: string }[]
  latest: Working
  // As it was made, where that is not how it stands.
  first?: Working
  decisions: Decision[]
  mayDecide: boolean
}

function working(from: RiskWorking | undefined): Working {
  return {
    score: from?.score ?? 0,
    threshold: from?.threshold ?? 0,
    at: dateTime(from?.at ?? ''),
    shares: (from?.shares ?? []).map(({ fact, points, toChange }) => ({ fact, points, toChange })),
  }
}

// The same facts with the same points: nothing to tell twice.
function differs(first: Working, latest: Working): boolean {
  return JSON.stringify(first.shares) !== JSON.stringify(latest.shares)
}

function decided({ decision, reason, by, role, at, score }: RiskDecisionEntry, people: Map<string, string>): Decision {
  return { decision: riskDecision(decision), reason, by: people.get(by) ?? roleName(role), at: dateTime(at), score }
}

export function presentProposal(found: GetRiskProposalResponse, pupil: PupilName | undefined, school: string, people: Map<string, string>): ProposalFacts {
  const { proposal } = found
  const name = pupil ? fullName(pupil) : 'A pupil you cannot see'
  const latest = working(found.latest)
  const first = working(found.whenProposed)
  return {
    proposalId: proposal?.proposalId ?? '',
    pupilId: proposal?.pupilId ?? '',
    version: proposal?.version ?? 0n,
    pupil: name,
    state: proposal ? stateOf(proposal) : { code: '', text: '', colour: 'grey' },
    open: proposal?.state === RiskProposalState.OPEN,
    lapsed: lapseWords(proposal?.lapsedBecause ?? ''),
    rows: [
      { label: 'Pupil', value: pupil ? `${name}, ${yearGroup(pupil.yearGroup)}` : name },
      { label: 'School', value: school },
      { label: 'Points', value: `${latest.score}. From ${latest.threshold} on help is proposed for pupils of the ${proposal?.primary ? 'primary' : 'secondary'} phase.` },
      { label: 'Proposed', value: dateTime(proposal?.proposedAt ?? '') },
      { label: 'Facts last looked at', value: latest.at },
    ],
    latest,
    first: differs(first, latest) ? first : undefined,
    decisions: found.decisions.map(one => decided(one, people)),
    mayDecide: found.mayDecide,
  }
}
