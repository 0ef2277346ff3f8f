import { EffectMeasure, EffectVerdict, type Effect } from '../../../../gen/pathways/panel/v1/impact_pb'
import type { DecisionKind } from '../../../../gen/pathways/panel/v1/service_pb'
import { decisionKinds } from '../../../text/panel'

export function kindName(kind: DecisionKind, tier = 0): string {
  const name = decisionKinds.find(one => one.kind === kind)?.text ?? 'All together'
  return tier > 0 ? `${name}, tier ${tier}` : name
}

export const fewestCompared = 10

// What can be said of a comparison, in a sentence. Never that one thing caused the other.
export function verdictWords({ verdict, measure, compared, pupils }: Pick<Effect, 'verdict' | 'measure' | 'compared' | 'pupils'>): string {
  const what = measure === EffectMeasure.ATTENDANCE ? 'Attendance' : 'Suspensions'
  const them = measure === EffectMeasure.ATTENDANCE ? 'that of pupils alike' : 'those of pupils alike'
  switch (verdict) {
    case EffectVerdict.TOO_FEW:
      return pupils === 0 ? 'Cannot tell: for nobody these weeks are over' : `Cannot tell: ${compared} of ${pupils} could be compared, at least ${fewestCompared} are needed`
    case EffectVerdict.NO_DIFFERENCE_IN_RANGE:
      return 'Cannot tell: the range includes no difference'
    case EffectVerdict.ROSE:
      return `${what} rose against ${them}`
    case EffectVerdict.FELL:
      return `${what} fell against ${them}`
    default:
      return ''
  }
}

export const measures = [
  { measure: EffectMeasure.ATTENDANCE, id: 'attendance', title: 'Attendance', unit: '%', points: ' points' },
  { measure: EffectMeasure.SUSPENSIONS, id: 'suspensions', title: 'Suspensions', unit: '', points: '' },
] as const

// "+4.25", "-0.50", "0.00"
export function signed(value: string): string {
  return value === '' || value.startsWith('-') || Number(value) === 0 ? value : `+${value}`
}
