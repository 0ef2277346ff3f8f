import { create } from '@bufbuild/protobuf'
import { RiskBandSchema, RiskWeightsSchema, type RiskBand, type RiskWeights } from '../../../../../gen/pathways/exclusions/v1/risk_pb'
import type { FieldErrors } from '../../../../components/errors'
import { field } from '../../../../components/query'
import { riskFactors, type FactorWords } from '../../../../text/risk'

// Weights as a form: for each fact a few steps, "from so many on, so many points", and the lines. What was typed is kept as text.

export type Typed = Record<string, string>

// Steps a fact can have in the form; the usual weights use three at most.
const mostSteps = 4

interface Step {
  least: string
  points: string
}

export const lines = [
  { key: 'primary_threshold', label: 'Help is proposed from this many points, year 6 and below', of: 'primaryThreshold' },
  { key: 'secondary_threshold', label: 'Help is proposed from this many points, above year 6', of: 'secondaryThreshold' },
  { key: 'primary_first', label: 'Year groups that bring points, primary: from year', of: 'primaryFirstYear' },
  { key: 'primary_last', label: 'Primary: to year', of: 'primaryLastYear' },
  { key: 'secondary_first', label: 'Year groups that bring points, secondary: from year', of: 'secondaryFirstYear' },
  { key: 'secondary_last', label: 'Secondary: to year', of: 'secondaryLastYear' },
] as const

// A fact that is so or not has one step.
export function stepsOf({ code, unit }: FactorWords): Step[] {
  return Array.from({ length: unit === undefined ? 1 : mostSteps }, (_, index) => ({ least: `${code}-least-${index}`, points: `${code}-points-${index}` }))
}

// Those that are filled in, and one more.
export function shownSteps(factor: FactorWords, typed: Typed): Step[] {
  const steps = stepsOf(factor)
  const last = steps.findLastIndex(({ least, points }) => Boolean(typed[least] || typed[points]))
  return steps.slice(0, last + 2)
}

export function fieldNames(): string[] {
  return [...riskFactors.flatMap(factor => stepsOf(factor).flatMap(({ least, points }) => (factor.unit === undefined ? [points] : [least, points]))), ...lines.map(({ key }) => key)]
}

export function typedFrom(weights: RiskWeights | undefined): Typed {
  const typed: Typed = Object.fromEntries(lines.map(({ key, of }) => [key, String(weights?.[of] ?? '')]))
  for (const factor of riskFactors) {
    const bands = (weights?.bands ?? []).filter(band => band.factor === factor.factor).toSorted((one, other) => one.atLeast - other.atLeast)
    stepsOf(factor).forEach(({ least, points }, index) => {
      const band = bands[index]
      if (!band) return
      if (factor.unit !== undefined) typed[least] = String(band.atLeast)
      typed[points] = String(band.points)
    })
  }
  return typed
}

export function readTyped(body: unknown): Typed {
  return Object.fromEntries(fieldNames().map(name => [name, field(body, name)]))
}

function readNumber(text: string): number | undefined {
  return /^[-−]?\d{1,3}$/.test(text) ? Number(text.replace('−', '-')) : undefined
}

function readStep(factor: FactorWords, step: Step, typed: Typed, errors: FieldErrors): RiskBand[] {
  const least = factor.unit === undefined ? '1' : (typed[step.least] ?? '')
  const points = typed[step.points] ?? ''
  if (points === '' && (factor.unit === undefined || least === '')) return []
  const [atLeast, worth] = [readNumber(least), readNumber(points)]
  if (atLeast === undefined || atLeast < 1) errors[step.least] = `${factor.text}: enter from how many on, 1 or more`
  if (worth === undefined || Math.abs(worth) > 100) errors[step.points] = `${factor.text}: enter points from -100 to 100`
  return [create(RiskBandSchema, { factor: factor.factor, atLeast: atLeast ?? 0, points: worth ?? 0 })]
}

function twice(factor: FactorWords, bands: readonly RiskBand[]): boolean {
  return new Set(bands.map(({ atLeast }) => atLeast)).size < bands.length && factor.unit !== undefined
}

// The weights that were typed, and what is wrong with them.
export function readWeights(typed: Typed): { weights: RiskWeights; errors: FieldErrors } {
  const errors: FieldErrors = {}
  const bands = riskFactors.flatMap(factor => {
    const steps = stepsOf(factor)
    const read = steps.flatMap(step => readStep(factor, step, typed, errors))
    const [first] = steps
    if (first && twice(factor, read)) errors[first.least] ??= `${factor.text}: give each number once only`
    return read
  })
  const values = Object.fromEntries(
    lines.map(({ key, label, of }) => {
      const value = readNumber(typed[key] ?? '')
      const most = key.endsWith('threshold') ? 999 : 14
      if (value === undefined || value < 1 || value > most) errors[key] = `${label}: enter a number from 1 to ${most}`
      return [of, value ?? 0]
    }),
  )
  return { weights: create(RiskWeightsSchema, { ...values, bands }), errors }
}

// "weights.secondary_years" is told at the first of its two fields.
const fields: Record<string, string> = {
  primary_threshold: 'primary_threshold',
  secondary_threshold: 'secondary_threshold',
  primary_years: 'primary_first',
  secondary_years: 'secondary_first',
}

export function fieldOf(path: string): string {
  return fields[path.split('.').at(-1) ?? ''] ?? `${riskFactors[0]?.code ?? ''}-least-0`
}
