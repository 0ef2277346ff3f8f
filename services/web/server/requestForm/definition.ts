// The Early Help request as docs/reference/early-help-request.md defines it. services/referrals decides by the same
// document what is complete; this side draws the pages and says at once what is missing.
import { agencies, risk } from './sections/agenciesAndRisk'
import { answer } from './sections/answer'
import { consent } from './sections/consent'
import { needs, reason } from './sections/reasonAndNeeds'
import { tried, views } from './sections/triedAndViews'
import type { Answers, Condition, FormPage, FormSection, Pages, Question, SectionName } from './types'

// In the order of the task list.
export const draftSections: readonly FormSection[] = [consent, reason, needs, tried, views, agencies, risk]

const all: readonly FormSection[] = [...draftSections, answer]

export function findSection(name: string): FormSection | undefined {
  return all.find(section => section.name === name)
}

export function sectionTitle(name: SectionName | string): string {
  return findSection(name)?.title ?? name
}

export function questionsOf(section: Pages): Question[] {
  return section.pages.flatMap(page => page.questions)
}

export function findQuestion(key: string): Question | undefined {
  return all.flatMap(questionsOf).find(question => question.key === key)
}

export function holds(condition: Condition | undefined, answers: Answers): boolean {
  if (!condition) return true
  const values = (answers[condition.key] ?? '').split(',').filter(Boolean)
  return 'is' in condition
    ? values.some(value => condition.is.includes(value))
    : values.some(value => value !== condition.isOtherThan)
}

export function questionsAsked(page: FormPage, answers: Answers): Question[] {
  return page.questions.filter(question => holds(question.when, answers))
}

export function pagesAsked(section: Pages, answers: Answers): FormPage[] {
  return section.pages.filter(page => holds(page.when, answers) && questionsAsked(page, answers).length > 0)
}

// Without what a changed answer has made meaningless, so that nothing hidden is kept.
export function withoutHidden(section: Pages, answers: Answers): Answers {
  let kept = answers
  // A dropped answer can hide another one; each pass settles one level.
  for (;;) {
    const next: Answers = {}
    for (const { key, when } of questionsOf(section)) {
      if (kept[key] && holds(when, kept)) next[key] = kept[key]
    }
    if (Object.keys(next).length === Object.keys(kept).length) return next
    kept = next
  }
}

export const declineReasons = [
  { value: 'support_at_school', text: 'The school’s own support fits better now' },
  { value: 'already_supported', text: 'Another service already supports the family' },
  { value: 'no_agreement', text: 'The family no longer agrees' },
  { value: 'no_contact', text: 'We could not reach the family' },
  { value: 'moved_away', text: 'The family has moved away' },
  { value: 'not_early_help', text: 'The need is not one that Early Help can meet' },
  { value: 'other', text: 'Another reason' },
] as const

export const redirectServices = [
  { value: 'front_door', text: 'Safeguarding front door (children’s social care)' },
  { value: 'family_hub', text: 'Family hub' },
  { value: 'school_nursing', text: 'School nursing' },
  { value: 'mental_health_support_team', text: 'Mental health support team' },
  { value: 'send_team', text: 'SEND team' },
  { value: 'attendance_team', text: 'Attendance team' },
  { value: 'youth_service', text: 'Youth service' },
  { value: 'housing', text: 'Housing' },
  { value: 'domestic_abuse_service', text: 'Domestic abuse service' },
  { value: 'other', text: 'Another service' },
] as const

export function mainReason(code: string): string {
  const question = findQuestion('main_reason')
  const option = question?.kind === 'choice' ? question.options.find(({ value }) => value === code) : undefined
  return option?.text ?? 'Not chosen yet'
}
