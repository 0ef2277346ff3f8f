import { CaseEnd, CaseState, DecisionKind, DecisionState, DecisionWay, Origin, Phase, PlacementState, Seat, SittingState, VoteChoice } from '../../gen/pathways/panel/v1/service_pb'
import type { Option } from '../components/forms'
import type { Named } from './requests'

// Codes of the Securing Education Panel in plain words.

const caseStates: Record<CaseState, Named> = {
  [CaseState.UNSPECIFIED]: { code: '', text: 'Unknown', colour: 'grey' },
  [CaseState.DRAFT]: { code: 'draft', text: 'Not sent yet', colour: 'grey' },
  [CaseState.REFERRED]: { code: 'referred', text: 'Waits for a sitting', colour: 'blue' },
  [CaseState.SCHEDULED]: { code: 'scheduled', text: 'On an agenda', colour: 'purple' },
  [CaseState.DECIDED]: { code: 'decided', text: 'Decided', colour: 'green' },
  [CaseState.CLOSED]: { code: 'closed', text: 'Closed', colour: 'grey' },
  [CaseState.WITHDRAWN]: { code: 'withdrawn', text: 'Withdrawn', colour: 'grey' },
}

const sittingStates: Record<SittingState, Named> = {
  [SittingState.UNSPECIFIED]: { code: '', text: 'Unknown', colour: 'grey' },
  [SittingState.PLANNED]: { code: 'planned', text: 'To come', colour: 'blue' },
  [SittingState.OPEN]: { code: 'open', text: 'Under way', colour: 'orange' },
  [SittingState.CLOSED]: { code: 'closed', text: 'Over', colour: 'grey' },
  [SittingState.CANCELLED]: { code: 'cancelled', text: 'Cancelled', colour: 'red' },
}

const placementStates: Record<PlacementState, Named> = {
  [PlacementState.UNSPECIFIED]: { code: '', text: 'Unknown', colour: 'grey' },
  [PlacementState.OFFERED]: { code: 'offered', text: 'Offered, place held', colour: 'blue' },
  [PlacementState.ACCEPTED]: { code: 'accepted', text: 'Accepted', colour: 'purple' },
  [PlacementState.STARTED]: { code: 'started', text: 'The pupil is there', colour: 'green' },
  [PlacementState.ENDED]: { code: 'ended', text: 'Over', colour: 'grey' },
  [PlacementState.DECLINED]: { code: 'declined', text: 'Declined', colour: 'red' },
  [PlacementState.WITHDRAWN]: { code: 'withdrawn', text: 'Taken back', colour: 'grey' },
}

// Every state but the unknown one, for a filter.
function known<State extends number>(named: Record<State, Named>): readonly { state: State; named: Named }[] {
  return Object.entries<Named>(named)
    .filter(([state]) => state !== '0')
    .map(([state, words]) => ({ state: Number(state) as State, named: words }))
}

export const caseStateOptions = known(caseStates)
export const sittingStateOptions = known(sittingStates)
export const placementStateOptions = known(placementStates)

export function caseState(state: CaseState): Named {
  return caseStates[state] ?? caseStates[CaseState.UNSPECIFIED]
}

export function sittingState(state: SittingState): Named {
  return sittingStates[state] ?? sittingStates[SittingState.UNSPECIFIED]
}

export function placementState(state: PlacementState): Named {
  return placementStates[state] ?? placementStates[PlacementState.UNSPECIFIED]
}

export const phases: readonly (Option & { phase: Phase })[] = [
  { phase: Phase.PRIMARY, value: 'primary', text: 'Primary' },
  { phase: Phase.SECONDARY, value: 'secondary', text: 'Secondary' },
]

export function phaseName(phase: Phase): string {
  return phases.find(one => one.phase === phase)?.text ?? 'Not said yet'
}

export const originOptions: readonly (Option & { origin: Origin })[] = [
  { origin: Origin.SCHOOL, value: 'school', text: 'Referred by the school' },
  { origin: Origin.OFFICER, value: 'officer', text: 'Referred by an officer' },
  { origin: Origin.PERMANENT_EXCLUSION, value: 'permanent_exclusion', text: 'Opened by a permanent exclusion' },
  { origin: Origin.STEP_UP, value: 'step_up', text: 'Stepped up from Early Help' },
  { origin: Origin.RISK_OF_EXCLUSION, value: 'risk_of_exclusion', text: 'Decided about a pupil at risk of exclusion' },
]

export function originName(origin: Origin): string {
  return originOptions.find(one => one.origin === origin)?.text ?? 'Not known'
}

export const seats: readonly (Option & { seat: Seat })[] = [
  { seat: Seat.CHAIR, value: 'chair', text: 'Chair' },
  { seat: Seat.HEAD_TEACHER, value: 'head_teacher', text: 'Head teacher' },
  { seat: Seat.AUTHORITY, value: 'authority', text: 'Local authority' },
  { seat: Seat.SEND, value: 'send', text: 'SEND team' },
  { seat: Seat.EARLY_HELP, value: 'early_help', text: 'Early Help' },
  { seat: Seat.SOCIAL_CARE, value: 'social_care', text: 'Social care' },
  { seat: Seat.EDUCATIONAL_PSYCHOLOGY, value: 'educational_psychology', text: 'Educational psychology' },
  { seat: Seat.POLICE_OR_YOUTH, value: 'police_or_youth', text: 'Police or youth service' },
  { seat: Seat.ALTERNATIVE_PROVISION, value: 'alternative_provision', text: 'Alternative provision' },
]

export function seatName(seat: Seat): string {
  return seats.find(one => one.seat === seat)?.text ?? 'Member'
}

export const decisionKinds: readonly (Option & { kind: DecisionKind })[] = [
  { kind: DecisionKind.SUPPORT_IN_MAINSTREAM, value: 'support_in_mainstream', text: 'Support where the pupil is' },
  { kind: DecisionKind.MANAGED_MOVE, value: 'managed_move', text: 'Managed move' },
  { kind: DecisionKind.ALTERNATIVE_PROVISION, value: 'alternative_provision', text: 'Alternative provision' },
  { kind: DecisionKind.FAIR_ACCESS_PLACE, value: 'fair_access_place', text: 'School place under the fair access protocol' },
  { kind: DecisionKind.DEFERRAL, value: 'deferral', text: 'Deferred: something is missing' },
]

export const tiers: readonly Option[] = [
  { value: '1', text: 'Tier 1: targeted support in mainstream' },
  { value: '2', text: 'Tier 2: time-limited placement with a return' },
  { value: '3', text: 'Tier 3: transitional placement' },
]

export function decisionKind(kind: DecisionKind, tier = 0): string {
  const named = decisionKinds.find(one => one.kind === kind)?.text ?? 'Not said'
  return tier > 0 ? `${named}, tier ${tier}` : named
}

export const decisionStates: Record<DecisionState, string> = {
  [DecisionState.UNSPECIFIED]: 'Unknown',
  [DecisionState.PROPOSED]: 'Written down, not final',
  [DecisionState.FINAL]: 'Final',
  [DecisionState.REPLACED]: 'Replaced by a later decision',
}

export const decisionWays: readonly (Option & { way: DecisionWay })[] = [
  { way: DecisionWay.AGREEMENT, value: 'agreement', text: 'All agreed' },
  { way: DecisionWay.VOTE, value: 'vote', text: 'By votes' },
  { way: DecisionWay.CHAIR, value: 'chair', text: 'The chair decided, there being no agreement' },
]

export const votes: readonly (Option & { choice: VoteChoice })[] = [
  { choice: VoteChoice.FOR, value: 'for', text: 'For' },
  { choice: VoteChoice.AGAINST, value: 'against', text: 'Against' },
  { choice: VoteChoice.ABSTAIN, value: 'abstain', text: 'Neither' },
]

export const missingThings: readonly Option[] = [
  { value: 'reports', text: 'Reports' },
  { value: 'pupil_view', text: 'The pupil’s view' },
  { value: 'parent_view', text: 'The parents’ view' },
  { value: 'attendance_of_school', text: 'Somebody from the school' },
  { value: 'assessment', text: 'An assessment' },
  { value: 'other', text: 'Something else' },
]

export const agencies: readonly Option[] = [
  { value: 'school', text: 'School' },
  { value: 'receiving_school', text: 'Receiving school' },
  { value: 'authority', text: 'Local authority' },
  { value: 'send', text: 'SEND team' },
  { value: 'early_help', text: 'Early Help' },
  { value: 'social_care', text: 'Social care' },
  { value: 'educational_psychology', text: 'Educational psychology' },
  { value: 'police_or_youth', text: 'Police or youth service' },
  { value: 'provider', text: 'Provider' },
  { value: 'virtual_school', text: 'Virtual school' },
]

export const caseEnds: readonly (Option & { end: CaseEnd })[] = [
  { end: CaseEnd.WITHDRAWN, value: 'withdrawn', text: 'We take it back' },
  { end: CaseEnd.COMPLETED, value: 'completed', text: 'What was decided has been done' },
  { end: CaseEnd.MOVED_AWAY, value: 'moved_away', text: 'The pupil moved away' },
]

// The words of a code among options; the code itself, made readable, where it is not known.
export function named(options: readonly Option[], code: string): string {
  return options.find(({ value }) => value === code)?.text ?? code.replaceAll('_', ' ')
}
