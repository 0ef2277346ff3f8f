import { RiskDecision } from '../../../../../gen/pathways/exclusions/v1/risk_pb'
import type { FieldErrors } from '../../../../components/errors'
import { field } from '../../../../components/query'
import { checkReason } from '../../../../components/reason'
import { readVersion } from '../../../../components/version'
import { riskDecisions } from '../../../../text/risk'

export const reasonLimit = 2000

// What was sent. `score`: the points the sender saw.
export interface Decided {
  decision: string
  reason: string
  version: bigint
  score: string
}

export function readDecided(body: unknown): Decided {
  const score = field(body, 'score')
  return {
    decision: field(body, 'decision'),
    reason: field(body, 'reason').replaceAll('\r\n', '\n'),
    version: readVersion(body),
    score: /^\d{1,4}$/.test(score) ? score : '',
  }
}

export function decisionOf({ decision }: Decided): RiskDecision {
  return riskDecisions.find(({ code }) => code === decision)?.decision ?? RiskDecision.UNSPECIFIED
}

export function checkDecided(decided: Decided): FieldErrors {
  return {
    ...(decisionOf(decided) === RiskDecision.UNSPECIFIED ? { decision: 'Select what should happen' } : {}),
    ...checkReason('reason', decided.reason, reasonLimit, 'Enter why, so that others understand'),
  }
}
