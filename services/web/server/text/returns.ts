import { PlanState } from '../../gen/pathways/panel/v1/reintegration_pb'
import type { Named } from './requests'

const states: Record<PlanState, Named> = {
  [PlanState.UNSPECIFIED]: { code: '', text: 'Unknown', colour: 'grey' },
  [PlanState.DRAFT]: { code: 'draft', text: 'Being written', colour: 'grey' },
  [PlanState.AGREED]: { code: 'agreed', text: 'Agreed', colour: 'purple' },
  [PlanState.RETURNED]: { code: 'returned', text: 'Back at a school', colour: 'blue' },
  [PlanState.HELD]: { code: 'held', text: 'The return has held', colour: 'green' },
  [PlanState.BROKE_DOWN]: { code: 'broke_down', text: 'The return broke down', colour: 'red' },
}

export const planStateOptions = Object.entries(states)
  .filter(([state]) => state !== '0')
  .map(([state, named]) => ({ state: Number(state) as PlanState, named }))

export function planState(state: PlanState): Named {
  return states[state] ?? states[PlanState.UNSPECIFIED]
}
