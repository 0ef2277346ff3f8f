import { create } from '@bufbuild/protobuf'
import { ClockStepSchema, ExclusionState, Kind, Session, StepState, type ClockStep, type CountedDay, type Exclusion } from '../../gen/pathways/exclusions/v1/service_pb'

// Dates for the pages to show: the real clock and its rules are the exclusions service's.

export const today = '2026-11-24'

function next(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

export function whySkipped(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  if (weekday === 0 || weekday === 6) return 'Weekend'
  if (day >= '2026-10-26' && day <= '2026-10-30') return 'Holiday: Half term'
  if (day >= '2026-12-19' && day <= '2027-01-04') return 'Holiday: Christmas'
  if (day >= '2027-02-15' && day <= '2027-02-19') return 'Holiday: Half term'
  return day === '2026-11-27' || day === '2027-01-05' ? 'INSET day' : ''
}

// The days up to the n-th school day after `from`, or from `from` on where it counts itself.
export function count(from: string, n: number, itself = false): Pick<CountedDay, 'day' | 'number' | 'whySkipped'>[] {
  const days: Pick<CountedDay, 'day' | 'number' | 'whySkipped'>[] = []
  let number = 0
  for (let day = itself ? from : next(from); number < n; day = next(day)) {
    const why = whySkipped(day)
    if (why === '') number += 1
    days.push({ day, number: why === '' ? number : 0, whySkipped: why })
  }
  return days
}

function left(due: string): number {
  const [from, to] = due >= today ? [today, due] : [due, today]
  let days = 0
  for (let day = next(from); day <= to; day = next(day)) if (whySkipped(day) === '') days += 1
  return due >= today ? days : -days
}

export function lastDay(exclusion: Exclusion): string {
  const facts = exclusion.facts
  if (!facts || facts.kind === Kind.PERMANENT) return ''
  const days = facts.kind === Kind.LUNCHTIME ? facts.halfDays : Math.ceil((facts.halfDays + (facts.startSession === Session.PM ? 1 : 0)) / 2)
  return count(facts.startDate, Math.max(1, days), true).at(-1)?.day ?? ''
}

interface Rule {
  step: string
  title: string
  owner: string
  rule: string
  source: string
  due?: { from: string; words: string; days: Pick<CountedDay, 'day' | 'number' | 'whySkipped'>[] }
  aim?: string
}

function notices({ facts }: Exclusion): Rule[] {
  const at = facts?.startDate ?? ''
  const noDelay = (step: string, title: string, rule: string, source: string): Rule => ({ step, title, owner: 'school', rule, source, due: { from: at, words: 'the first day of the exclusion', days: [] } })
  return [
    noDelay('notify_parents', 'Tell the parents in writing', 'Parents are told without delay, by the end of that school day, in writing: the period, the reasons, and their right to make representations.', 'SI 2012/1033, regulations 5, 14 and 23'),
    noDelay('notify_local_authority', 'Tell the local authority', 'The local authority is told of every exclusion without delay, whatever its length.', 'SI 2012/1033 as amended'),
    noDelay('set_work', 'Set and mark work', 'The school sets and marks work for the first five school days.', 'Guidance, September 2023'),
  ]
}

function isLong({ facts }: Exclusion): boolean {
  return facts?.kind === Kind.PERMANENT || (facts?.kind === Kind.SUSPENSION && facts.halfDays > 10)
}

function boardRules(exclusion: Exclusion): Rule[] {
  const facts = exclusion.facts
  const permanent = facts?.kind === Kind.PERMANENT
  const told = exclusion.decisions?.boardToldOn || facts?.startDate || ''
  const many = (exclusion.totals?.halfDaysInTerm ?? 0) > 30
  const asked = (exclusion.totals?.halfDaysInTerm ?? 0) > 10 && exclusion.decisions?.representationsOn
  if (!permanent && !many && !asked) return []
  const days = permanent || many ? 15 : 50
  return [
    {
      step: 'governors_consider_by',
      title: 'Governing board to consider the exclusion',
      owner: 'governing_board',
      rule: `The governing board considers the exclusion within ${days} school days after it was told.`,
      source: 'SI 2012/1033, regulations 6, 15 and 24',
      due: { from: told, words: 'the day the governing board was told', days: count(told, days) },
    },
  ]
}

function rules(exclusion: Exclusion): Rule[] {
  const facts = exclusion.facts
  const start = facts?.startDate ?? ''
  const permanent = facts?.kind === Kind.PERMANENT
  const notice = exclusion.decisions?.decisionNoticeOn
  const list = notices(exclusion)
  if (facts?.hasSocialWorker) list.push({ step: 'notify_social_worker', title: 'Tell the social worker', owner: 'school', rule: 'The social worker is told without delay.', source: 'SI 2012/1033 as amended', due: { from: start, words: 'the first day of the exclusion', days: [] } })
  if (isLong(exclusion)) {
    list.push({
      step: 'provision_from',
      title: 'Full-time education from day six',
      owner: permanent ? 'local_authority' : 'school',
      rule: permanent ? 'Full-time education begins on the sixth school day after the first day of the permanent exclusion.' : 'Full-time education begins on the sixth school day of the suspension; the school arranges it.',
      source: permanent ? 'Education Act 1996, section 19; Guidance, paragraph 90' : 'Education and Inspections Act 2006, section 100',
      due: { from: start, words: 'the first day of the exclusion', days: count(start, 6, !permanent) },
      aim: permanent ? count(start, 5).at(-1)?.day : '',
    })
  }
  list.push(...boardRules(exclusion))
  if (permanent && notice && exclusion.decisions?.boardDecision === 'decline') {
    list.push({ step: 'review_apply_by', title: 'Parents to apply for a review', owner: 'parents', rule: 'Parents may apply for a review within 15 school days after the day the notice was given.', source: 'SI 2012/1033, Schedule 1, paragraph 2(1)', due: { from: notice, words: 'the day notice of the board’s decision was given', days: count(notice, 15) } })
  }
  if (!permanent) list.push({ step: 'reintegration_meeting', title: 'Offer a reintegration meeting', owner: 'school', rule: 'A meeting with a plan is offered before or on the day of return. Coming back never depends on it.', source: 'Guidance, September 2023', due: { from: start, words: 'the first day of the suspension', days: count(lastDay(exclusion), 1) } })
  return list
}

const withoutDelay = ['notify_parents', 'notify_local_authority', 'notify_social_worker', 'set_work']

function stateOf(exclusion: Exclusion, due: string, doneOn: string): StepState {
  if (doneOn) return StepState.DONE
  if (exclusion.state !== ExclusionState.RECORDED) return StepState.MOOT
  return (due || exclusion.facts?.startDate || '') < today ? StepState.LATE : StepState.DUE
}

export function clockOf(exclusion: Exclusion): ClockStep[] {
  return rules(exclusion).map(({ step, due, ...rule }) => {
    const doneOn = exclusion.done.find(one => one.step === step)?.on ?? ''
    const day = withoutDelay.includes(step) ? '' : (due?.days.at(-1)?.day ?? '')
    return create(ClockStepSchema, {
      ...rule,
      step,
      state: stateOf(exclusion, day, doneOn),
      due: day,
      schoolDaysLeft: day ? left(day) : 0,
      ruleVersion: '2024-08',
      calendarUrn: exclusion.urn,
      startsFrom: due?.from,
      startsFromWords: due?.words,
      working: due?.days,
      doneOn,
      wasDue: step === 'governors_consider_by' && exclusion.exclusionId === 'exclusion-permanent' ? '2026-12-01' : '',
      movedBecause: step === 'governors_consider_by' && exclusion.exclusionId === 'exclusion-permanent' ? 'Friday 27 November became an INSET day.' : '',
    })
  })
}

export function notApplicable(exclusion: Exclusion): ClockStep[] {
  const steps = clockOf(exclusion).map(({ step }) => step)
  const why: [string, string, string][] = [
    ['provision_from', 'Full-time education from day six', 'Only for a suspension of more than five school days, or a permanent exclusion.'],
    ['governors_consider_by', 'Governing board to consider the exclusion', 'Five school days or fewer in the term: the board need not meet.'],
    ['notify_virtual_school_head', 'Tell the virtual school head', 'The pupil is not looked after.'],
    ['payment_order', 'Adjustment of the school’s budget', 'Only when a review panel quashed the decision and the board did not reinstate.'],
  ]
  return why.filter(([step]) => !steps.includes(step)).map(([step, title, rule]) => create(ClockStepSchema, { step, title, rule }))
}
