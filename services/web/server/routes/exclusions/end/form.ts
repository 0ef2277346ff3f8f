import type { Ending, Exclusion } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { ExclusionState } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { checkReason } from '../../../components/reason'
import { checkPage } from '../../../requestForm/answers'
import type { Answers, FormPage } from '../../../requestForm/types'
import { endings } from '../../../text/exclusions'

export const reasonLimit = 2000

export interface EndKind {
  name: keyof typeof endings
  ending: Ending
  link: string
  title: (pupil: string) => string
  intro: string
  page: FormPage
  submit: string
  done: string
}

function page(slug: string, day: string, missing: string, why: string, hint: string): FormPage {
  return {
    slug,
    title: slug,
    questions: [
      { key: 'on', kind: 'date', label: day, short: 'Day', required: true, missing },
      { key: 'reason', kind: 'text', label: why, short: 'Why', hint, required: true, limit: reasonLimit, missing: 'Enter why' },
    ],
  }
}

const kinds: readonly EndKind[] = [
  {
    name: 'cancel',
    ending: endings.cancel.ending,
    link: 'The head teacher cancels it',
    title: pupil => `Cancel the exclusion of ${pupil}`,
    intro: 'Only until the governing board has met. Tell parents, board and local authority (and social worker and virtual school head, where there are any) without delay and with the reason, and offer the parents a meeting. The pupil comes back without delay. Days already served still count.',
    page: page('cancel', 'When did the head teacher cancel it?', 'Enter the day it was cancelled', 'Why is it cancelled?', 'Those on the case see this.'),
    submit: 'Cancel the exclusion',
    done: 'The exclusion is cancelled. The pupil comes back without delay.',
  },
  {
    name: 'withdraw',
    ending: endings.withdraw.ending,
    link: 'It was recorded by mistake',
    title: pupil => `Withdraw what was recorded about ${pupil}`,
    intro: 'Use this only when there never was an exclusion: the wrong pupil, or recorded twice. It then counts nowhere, and stays in the history. If the head teacher has changed their mind, cancel it instead.',
    page: page('withdraw', 'When was the mistake found?', 'Enter the day the mistake was found', 'What was the mistake?', 'Those on the case see this.'),
    submit: 'Withdraw it',
    done: 'It is withdrawn: it was recorded by mistake, and counts nowhere.',
  },
]

export function findEnd(name: unknown): EndKind | undefined {
  return kinds.find(kind => kind.name === name)
}

export function offeredEnds({ state, decisions }: Exclusion): EndKind[] {
  if (state !== ExclusionState.RECORDED) return []
  return kinds.filter(({ name }) => name === 'withdraw' || !(decisions?.boardMetOn || decisions?.boardDecision))
}

export function checkEnd(kind: EndKind, answers: Answers, today: string): FieldErrors {
  return { ...checkPage(kind.page, answers, today, true), ...checkReason('reason', answers.reason ?? '', reasonLimit, 'Enter why') }
}
