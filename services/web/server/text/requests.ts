import { ProposalState, RequestState } from '../../gen/pathways/referrals/v1/service_pb'

export interface Named {
  // As it stands in addresses.
  code: string
  text: string
  colour: string
}

const requestStates: Record<RequestState, Named> = {
  [RequestState.UNSPECIFIED]: { code: '', text: 'Unknown', colour: 'grey' },
  [RequestState.DRAFT]: { code: 'draft', text: 'Not sent yet', colour: 'grey' },
  [RequestState.SUBMITTED]: { code: 'submitted', text: 'Waiting for Early Help', colour: 'blue' },
  [RequestState.MORE_ASKED]: { code: 'more_asked', text: 'Waiting for the school', colour: 'yellow' },
  [RequestState.ACCEPTED]: { code: 'accepted', text: 'Accepted, held by nobody', colour: 'orange' },
  [RequestState.ALLOCATED]: { code: 'allocated', text: 'Accepted', colour: 'green' },
  [RequestState.REDIRECTED]: { code: 'redirected', text: 'Sent on', colour: 'purple' },
  [RequestState.DECLINED]: { code: 'declined', text: 'Declined', colour: 'red' },
  [RequestState.WITHDRAWN]: { code: 'withdrawn', text: 'Withdrawn', colour: 'grey' },
}

export function requestState(state: RequestState): Named {
  return requestStates[state] ?? requestStates[RequestState.UNSPECIFIED]
}

export const requestStateOptions: readonly { state: RequestState; named: Named }[] = Object.entries(requestStates)
  .filter(([state]) => Number(state) !== RequestState.UNSPECIFIED)
  .map(([state, named]) => ({ state: Number(state) as RequestState, named }))

const proposalStates: Record<ProposalState, Named> = {
  [ProposalState.UNSPECIFIED]: { code: '', text: 'Unknown', colour: 'grey' },
  [ProposalState.OPEN]: { code: 'open', text: 'To decide', colour: 'blue' },
  [ProposalState.TAKEN_UP]: { code: 'taken_up', text: 'Request started', colour: 'green' },
  [ProposalState.DISMISSED]: { code: 'dismissed', text: 'Not needed', colour: 'grey' },
  [ProposalState.WITHDRAWN]: { code: 'withdrawn', text: 'No longer holds', colour: 'grey' },
  [ProposalState.RECOVERED]: { code: 'recovered', text: 'Attendance recovered', colour: 'grey' },
}

export function proposalState(state: ProposalState): Named {
  return proposalStates[state] ?? proposalStates[ProposalState.UNSPECIFIED]
}

export const proposalStateOptions: readonly { state: ProposalState; named: Named }[] = Object.entries(proposalStates)
  .filter(([state]) => Number(state) !== ProposalState.UNSPECIFIED)
  .map(([state, named]) => ({ state: Number(state) as ProposalState, named }))
