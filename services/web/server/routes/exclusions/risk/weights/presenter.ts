import type { RehearseRiskWeightsResponse, RiskRehearsalCounts, RiskWeights } from '../../../../../gen/pathways/exclusions/v1/risk_pb'
import { monthName } from '../../../../text/dates'
import { count } from '../../../../text/figures'
import { pointsWords, registersWords, riskFactors } from '../../../../text/risk'
import { yearName } from '../../../../text/trends'

// One line of weights in words.
export interface Weight {
  name: string
  // "2 or more suspensions: 25 points", one a step; empty: it brings none.
  steps: string[]
}

export function presentWeights(weights: RiskWeights | undefined): Weight[] {
  if (!weights) return []
  const facts = riskFactors.map(({ factor, text, unit }) => ({
    name: text,
    steps: weights.bands
      .filter(band => band.factor === factor)
      .toSorted((one, other) => one.atLeast - other.atLeast)
      .map(({ atLeast, points }) => (unit === undefined ? pointsWords(points) : unit.startsWith('%') ? `${atLeast}${unit} or more: ${pointsWords(points)}` : `${atLeast} or more ${unit}: ${pointsWords(points)}`)),
  }))
  return [
    ...facts,
    { name: 'Year groups that bring points', steps: [`primary: ${weights.primaryFirstYear} to ${weights.primaryLastYear}`, `secondary: ${weights.secondaryFirstYear} to ${weights.secondaryLastYear}`] },
    { name: 'Help is proposed', steps: [`year 6 and below: from ${pointsWords(weights.primaryThreshold)} on`, `above year 6: from ${pointsWords(weights.secondaryThreshold)} on`] },
  ]
}

// What of two sets of weights is not the same.
export function differences(one: RiskWeights | undefined, other: RiskWeights | undefined): { name: string; one: string; other: string }[] {
  const [left, right] = [presentWeights(one), presentWeights(other)]
  const words = (weight: Weight | undefined) => weight?.steps.join('\n') || 'no points'
  return left.flatMap((weight, index) => (words(weight) === words(right[index]) ? [] : [{ name: weight.name, one: words(weight), other: words(right[index]) }]))
}

export interface Counts {
  before: string
  after: string
  added: string
  removed: string
}

export interface Rehearsal {
  year: string
  pupils: string
  lacks: string
  total: Counts
  primary: Counts
  secondary: Counts
  schools: (Counts & { name: string; phase: string })[]
  months: { label: string; before: number; after: number }[]
}

const noCounts = { before: 0n, after: 0n, added: 0n, removed: 0n }

function counts(from: Omit<RiskRehearsalCounts, '$typeName' | '$unknown'> = noCounts): Counts {
  return { before: count(from.before), after: count(from.after), added: count(from.added), removed: count(from.removed) }
}

export function presentRehearsal(found: RehearseRiskWeightsResponse, schools: Map<number, string>): Rehearsal {
  const total = found.total ?? noCounts
  const primary = found.primary ?? noCounts
  return {
    year: yearName(found.academicYear),
    pupils: count(found.pupils),
    lacks: registersWords(found.registersFrom, found.months[0]?.day ?? ''),
    total: counts(total),
    primary: counts(primary),
    secondary: counts({ before: total.before - primary.before, after: total.after - primary.after, added: total.added - primary.added, removed: total.removed - primary.removed }),
    schools: found.schools.map(({ urn, phase, counts: of }) => ({ name: schools.get(urn) ?? '', phase, ...counts(of) })),
    months: found.months.map(({ day, before, after }) => ({ label: monthName(day), before: Number(before), after: Number(after) })),
  }
}
