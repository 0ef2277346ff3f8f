import type { GetRiskFairnessResponse, RiskFairnessGroup, RiskFigure } from '../../../../../gen/pathways/exclusions/v1/risk_pb'
import { longDay } from '../../../../text/dates'
import { count } from '../../../../text/figures'
import { registersWords, riskGroupings } from '../../../../text/risk'

export interface Figure {
  count: string
  share: string
  // Undefined where it is kept back or there is nothing to divide by.
  percent?: number
}

export interface Group {
  name: string
  pupils: Figure
  proposed: Figure
  later: Figure
  permanent: Figure
  both: Figure
}

export interface Fairness {
  on: string
  day: string
  until: string
  all: Group
  groupings: { name: string; groups: Group[] }[]
  suppressed: boolean
  lacks: string
}

const hidden = 'hidden'

function figure(from: RiskFigure | undefined): Figure {
  if (from?.suppressed) return { count: hidden, share: hidden }
  const share = from?.share ?? ''
  return { count: count(from?.count ?? 0n), share: share === '' ? 'not applicable' : `${share}%`, percent: share === '' ? undefined : Number(share) }
}

function group(from: RiskFairnessGroup | undefined, name: string): Group {
  return {
    name,
    pupils: figure(from?.pupils),
    proposed: figure(from?.proposed),
    later: figure(from?.excludedLater),
    permanent: figure(from?.permanentlyExcludedLater),
    both: figure(from?.proposedAndExcluded),
  }
}

export function presentFairness(found: GetRiskFairnessResponse): Fairness {
  return {
    on: found.on,
    day: longDay(found.on),
    until: longDay(found.until),
    all: group(found.all, 'All pupils'),
    groupings: riskGroupings.map(({ grouping, text, values }) => ({
      name: text,
      groups: found.groups.filter(one => one.grouping === grouping).map(one => group(one, values[one.value] ?? one.value)),
    })),
    suppressed: found.suppressionApplies,
    lacks: registersWords(found.registersFrom, found.on),
  }
}
