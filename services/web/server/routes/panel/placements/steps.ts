import { PlacementState, type Placement } from '../../../../gen/pathways/panel/v1/service_pb'
import { can, isSchool, type Person } from '../../../auth/person'

export interface Step {
  name: 'answer' | 'start' | 'review' | 'end'
  text: string
}

const steps: Partial<Record<PlacementState, readonly Step[]>> = {
  [PlacementState.OFFERED]: [{ name: 'answer', text: 'Answer the offer' }],
  [PlacementState.ACCEPTED]: [{ name: 'start', text: 'The pupil has started' }],
  [PlacementState.STARTED]: [{ name: 'review', text: 'Keep a review' }, { name: 'end', text: 'End the placement' }],
}

// Of an offer to a school that school alone answers, beside the authority.
function mayAnswer({ receivingUrn }: Placement, person: Person): boolean {
  if (can(person, 'offerPlaces')) return true
  return receivingUrn > 0 ? isSchool(person) && person.urns.includes(receivingUrn) : person.roles.includes('provider')
}

// What this person can do with a placement now.
export function offeredNext(placement: Placement, person: Person): readonly Step[] {
  const offered = steps[placement.state] ?? []
  return offered.filter(({ name }) => (name === 'answer' ? mayAnswer(placement, person) : can(person, 'keepPlacements')))
}
