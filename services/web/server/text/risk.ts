import { RiskDecision, RiskFactor, RiskGrouping, RiskProposalState } from '../../gen/pathways/exclusions/v1/risk_pb'
import type { Option } from '../components/forms'
import { longDay } from './dates'
import type { Named } from './requests'

// Words for proposals of help before an exclusion.

const states: Record<RiskProposalState, Named> = {
  [RiskProposalState.UNSPECIFIED]: { code: '', text: 'Unknown', colour: 'grey' },
  [RiskProposalState.OPEN]: { code: 'open', text: 'Nobody has decided', colour: 'blue' },
  [RiskProposalState.DECIDED]: { code: 'decided', text: 'Decided', colour: 'green' },
  [RiskProposalState.LAPSED]: { code: 'lapsed', text: 'Lapsed', colour: 'grey' },
}

export function riskState(state: RiskProposalState): Named {
  return states[state] ?? states[RiskProposalState.UNSPECIFIED]
}

export const riskStateOptions = [RiskProposalState.OPEN, RiskProposalState.DECIDED, RiskProposalState.LAPSED].map(state => ({ state, named: states[state] }))

export interface DecisionWords {
  decision: RiskDecision
  code: string
  text: string
  hint: string
}

export const riskDecisions: readonly DecisionWords[] = [
  { decision: RiskDecision.NO_ACTION, code: 'no_action', text: 'Nothing more is needed now', hint: 'What is done already is enough, or the facts do not tell the whole story.' },
  { decision: RiskDecision.SCHOOL_SUPPORT, code: 'school_support', text: 'The school supports the pupil', hint: 'You have agreed it with the school.' },
  { decision: RiskDecision.EARLY_HELP, code: 'early_help', text: 'Ask for Early Help', hint: 'The school asks the family and sends the request.' },
  { decision: RiskDecision.REFER_TO_PANEL, code: 'refer_to_panel', text: 'Take it to the Securing Education Panel', hint: 'The case is then prepared for a sitting.' },
]

export function riskDecision(decision: RiskDecision): string {
  return riskDecisions.find(one => one.decision === decision)?.text ?? ''
}

const lapses: Record<string, string> = {
  facts: 'The facts came below the line before anybody decided.',
  left: 'The pupil left the school before anybody decided.',
  excluded: 'The pupil was permanently excluded before anybody decided: it is now a matter for the panel.',
}

export function lapseWords(because: string): string {
  return lapses[because] ?? ''
}

export interface FactorWords {
  factor: RiskFactor
  // As it stands in form fields.
  code: string
  text: string
  // What a number of it means; nothing for a fact that is so or not.
  unit?: string
}

export const riskFactors: readonly FactorWords[] = [
  { factor: RiskFactor.SUSPENSIONS, code: 'suspensions', text: 'Suspensions in the last twelve months', unit: 'suspensions' },
  { factor: RiskFactor.HALF_DAYS_SUSPENDED, code: 'half_days', text: 'Half days suspended in the last twelve months', unit: 'half days' },
  { factor: RiskFactor.RISING_LENGTH, code: 'rising_length', text: 'Each of the last three suspensions was longer than the one before' },
  { factor: RiskFactor.REPEAT_REASON, code: 'repeat_reason', text: 'Times the commonest reason was given in the last twelve months', unit: 'times' },
  { factor: RiskFactor.ABSENCE_PERCENT, code: 'absence', text: 'Absence in the last twelve months', unit: '% of sessions' },
  { factor: RiskFactor.UNAUTHORISED_SESSIONS, code: 'unauthorised', text: 'Unauthorised absence in the last ten school weeks', unit: 'sessions' },
  { factor: RiskFactor.UNAUTHORISED_RISING, code: 'unauthorised_rising', text: 'More unauthorised absence than in the ten school weeks before' },
  { factor: RiskFactor.SEN_SUPPORT, code: 'sen_support', text: 'SEN support without a plan' },
  { factor: RiskFactor.YEAR_GROUP, code: 'year_group', text: 'In one of the year groups named below' },
  { factor: RiskFactor.SCHOOL_MOVES, code: 'moves', text: 'Moves of school in three years, outside the usual times', unit: 'moves' },
  { factor: RiskFactor.SOCIAL_CARE, code: 'social_care', text: 'A social worker within twelve months, or looked after' },
  { factor: RiskFactor.SUPPORT_IN_PLACE, code: 'support', text: 'Kinds of support under way (takes points off)', unit: 'kinds' },
]

// "12 points", "-5 points", "1 point"
export function pointsWords(points: number): string {
  return `${points} ${Math.abs(points) === 1 ? 'point' : 'points'}`
}

export interface GroupingWords {
  grouping: RiskGrouping
  text: string
  values: Record<string, string>
}

export const riskGroupings: readonly GroupingWords[] = [
  { grouping: RiskGrouping.SEX, text: 'Sex', values: { F: 'Girls', M: 'Boys', U: 'Not recorded as either', '': 'Not known' } },
  { grouping: RiskGrouping.ETHNIC_GROUP, text: 'Ethnic group', values: { asian: 'Asian', black: 'Black', mixed: 'Mixed', white: 'White', other: 'Other ethnic group', '': 'Not known or refused' } },
  { grouping: RiskGrouping.SEN_PROVISION, text: 'Special educational needs', values: { N: 'No special educational needs', K: 'SEN support', E: 'Education, health and care plan', '': 'Not known' } },
  { grouping: RiskGrouping.DISADVANTAGED, text: 'Disadvantage', values: { Y: 'Disadvantaged (pupil premium)', N: 'Not disadvantaged', '': 'Not known' } },
]

// What a look at the past lacks. `first`: ISO, the first day that was looked at.
export function registersWords(registersFrom: string, first: string): string {
  if (registersFrom === '') return 'No register is known, so absence brings no points here.'
  return first < registersFrom ? `Registers are known from ${longDay(registersFrom)}. On days before it absence brings no points, so fewer pupils are picked out than would have been.` : ''
}

export function phaseOptions(all: Option): Option[] {
  return [all, { value: 'primary', text: 'Primary' }, { value: 'secondary', text: 'Secondary' }]
}
