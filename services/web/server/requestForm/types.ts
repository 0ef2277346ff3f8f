import type { Option } from '../components/forms'

export type SectionName = 'consent' | 'reason' | 'needs' | 'tried' | 'views' | 'agencies' | 'risk' | 'answer'

// Values by question key, as docs/reference/early-help-request.md writes them.
export type Answers = Record<string, string>

// Holds when the other answer is (or, for several options, has) one of `is`, or anything else than `isOtherThan`.
export type Condition = { key: string; is: readonly string[] } | { key: string; isOtherThan: string }

interface Common {
  key: string
  label: string
  // For the check page and for readers, where the label is a question to the writer.
  short: string
  hint?: string
  required: boolean
  when?: Condition
  // What to say when a required answer is missing.
  missing: string
}

export interface ChoiceQuestion extends Common {
  kind: 'choice'
  options: readonly Option[]
}

// One of a long list.
export interface SelectQuestion extends Common {
  kind: 'select'
  options: readonly Option[]
}

export interface ChoicesQuestion extends Common {
  kind: 'choices'
  options: readonly Option[]
  // An option that goes with no other.
  alone?: string
}

export interface TextQuestion extends Common {
  kind: 'text' | 'line'
  limit: number
}

export interface DateQuestion extends Common {
  kind: 'date'
  // Which days make sense; left out: the last 12 months.
  days?: 'any'
}

export type Question = ChoiceQuestion | SelectQuestion | ChoicesQuestion | TextQuestion | DateQuestion

// What the writer sees at once. A page with one question has the question as its heading.
export interface FormPage {
  slug: string
  title: string
  intro?: string
  questions: readonly Question[]
  when?: Condition
}

export interface Pages {
  pages: readonly FormPage[]
}

export interface FormSection extends Pages {
  name: SectionName
  title: string
}
