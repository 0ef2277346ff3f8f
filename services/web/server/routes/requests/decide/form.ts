import { Decision } from '../../../../gen/pathways/referrals/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import type { Option } from '../../../components/forms'
import { field } from '../../../components/query'
import { checkReason } from '../../../components/reason'
import { declineReasons, redirectServices } from '../../../requestForm/definition'

export const noteLimit = 2000

export interface DecisionKind {
  decision: Decision
  // As it stands in the address and in the first question.
  name: 'accept' | 'ask' | 'redirect' | 'decline'
  option: Option
  title: string
  done: string
  code?: { label: string; options: readonly Option[]; missing: string }
  note?: { label: string; hint: string; missing: string }
}

export const decisions: readonly DecisionKind[] = [
  {
    decision: Decision.ACCEPT,
    name: 'accept',
    option: { value: 'accept', text: 'Accept it', hint: 'Early Help will work with the family' },
    title: 'Accept the request',
    done: 'The request is accepted.',
  },
  {
    decision: Decision.ASK_FOR_MORE,
    name: 'ask',
    option: { value: 'ask', text: 'Ask the school for more', hint: 'The request goes back to the school until it answers' },
    title: 'Ask the school for more',
    done: 'The school is asked for more.',
    note: { label: 'What do you need to know?', hint: 'The school sees this on its home page and in the request.', missing: 'Enter what you need to know' },
  },
  {
    decision: Decision.REDIRECT,
    name: 'redirect',
    option: { value: 'redirect', text: 'Send it on', hint: 'Another service fits better' },
    title: 'Send the request on',
    done: 'The request is sent on.',
    code: { label: 'Which service fits better?', options: redirectServices, missing: 'Select the service that fits better' },
    note: { label: 'Why, and what should the school do now?', hint: 'The school sees this.', missing: 'Enter why, and what the school should do now' },
  },
  {
    decision: Decision.DECLINE,
    name: 'decline',
    option: { value: 'decline', text: 'Decline it' },
    title: 'Decline the request',
    done: 'The request is declined.',
    code: { label: 'What is the reason?', options: declineReasons, missing: 'Select the reason' },
    note: { label: 'Explain the reason to the school', hint: 'Say what the school can do for the family instead.', missing: 'Enter an explanation for the school' },
  },
]

export interface Decided {
  note: string
  code: string
  workerId: string
}

export function findDecision(name: unknown): DecisionKind | undefined {
  return decisions.find(kind => kind.name === name)
}

export function readDecided(kind: DecisionKind, body: unknown): Decided {
  return {
    note: kind.note ? field(body, 'note') : '',
    code: kind.code ? field(body, 'code') : '',
    workerId: kind.name === 'accept' ? field(body, 'worker') : '',
  }
}

export function checkDecided(kind: DecisionKind, decided: Decided): FieldErrors {
  const errors: FieldErrors = {}
  if (kind.code && !kind.code.options.some(({ value }) => value === decided.code)) errors.code = kind.code.missing
  return kind.note ? { ...errors, ...checkReason('note', decided.note, noteLimit, kind.note.missing) } : errors
}
