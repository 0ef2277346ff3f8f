import { Kind, ExclusionState, type Decisions, type Exclusion } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { DateQuestion, FormPage, Question } from '../../../requestForm/types'
import { boardDecisions, panelDecisions } from '../../../text/exclusions'
import type { Option } from '../../../components/forms'

// What parents, board and panel said and decided: each a page of its own. The questions' keys are the fields they fill.

export type DecisionField = keyof Omit<Decisions, '$typeName' | '$unknown'>

export interface DecisionKind {
  // As it stands in the address.
  name: string
  page: FormPage
  // Words for those on the case belong to it.
  note?: string
  done: string
  // Which exclusions it is offered for.
  offered: (exclusion: Exclusion) => boolean
}

function day(key: DecisionField, label: string, missing: string, required = true): DateQuestion {
  return { key, kind: 'date', days: 'any', label, short: label, required, missing }
}

function choice(key: DecisionField, label: string, options: readonly Option[], missing: string): Question {
  return { key, kind: 'choice', label, short: label, required: true, options, missing }
}

function page(name: string, title: string, ...questions: Question[]): FormPage {
  return { slug: name, title, questions }
}

function isPermanent({ facts }: Exclusion): boolean {
  return facts?.kind === Kind.PERMANENT
}

function isDeclined({ decisions }: Exclusion): boolean {
  return decisions?.boardDecision === 'decline'
}

const always = () => true
const notes = 'What should those on the case know? (optional)'

export const decisionKinds: readonly DecisionKind[] = [
  {
    name: 'board-told',
    page: page('board-told', 'When was the governing board told?', day('boardToldOn', 'When was the governing board told?', 'Enter the day the governing board was told')),
    done: 'The day the governing board was told is kept.',
    offered: always,
  },
  {
    name: 'representations',
    page: page('representations', 'When did the parents make representations?', day('representationsOn', 'When did the parents make representations?', 'Enter the day the parents made representations')),
    note: notes,
    done: 'The parents’ representations are kept.',
    offered: always,
  },
  {
    name: 'board',
    page: page(
      'board',
      'What did the governing board decide?',
      day('boardMetOn', 'When did it meet?', 'Enter the day the governing board met'),
      choice('boardDecision', 'What did it decide?', boardDecisions, 'Select what the governing board decided'),
      day('reinstatedFrom', 'From when is the pupil back? (only if reinstated)', '', false),
    ),
    note: 'What were its reasons? (optional)',
    done: 'The governing board’s decision is kept.',
    offered: always,
  },
  {
    name: 'board-notice',
    page: page('board-notice', 'When were the parents given notice of the decision?', day('decisionNoticeOn', 'When were the parents given notice of the decision?', 'Enter the day notice of the decision was given')),
    done: 'The notice of the decision is kept.',
    offered: ({ decisions }) => Boolean(decisions?.boardDecision),
  },
  {
    name: 'review-applied',
    page: page('review-applied', 'When did the parents apply for a review?', day('reviewAppliedOn', 'When did the parents apply for a review?', 'Enter the day the parents applied')),
    note: notes,
    done: 'The parents’ application is kept.',
    offered: one => isPermanent(one) && isDeclined(one),
  },
  {
    name: 'review-waived',
    page: page('review-waived', 'When did the parents say in writing that they will not apply?', day('reviewWaivedOn', 'When did the parents say in writing that they will not apply?', 'Enter the day the parents said so')),
    done: 'It is kept that the parents will not apply for a review.',
    offered: one => isPermanent(one) && isDeclined(one),
  },
  {
    name: 'panel',
    page: page(
      'panel',
      'What did the review panel decide?',
      day('panelMetOn', 'When did it meet?', 'Enter the day the review panel met'),
      choice('panelDecision', 'What did it decide?', panelDecisions, 'Select what the review panel decided'),
    ),
    note: 'What were its reasons? (optional)',
    done: 'The review panel’s decision is kept.',
    offered: one => isPermanent(one) && isDeclined(one),
  },
  {
    name: 'panel-notice',
    page: page('panel-notice', 'When was notice of the panel’s decision given?', day('panelNoticeOn', 'When was notice of the panel’s decision given?', 'Enter the day notice was given')),
    done: 'The notice of the panel’s decision is kept.',
    offered: ({ decisions }) => Boolean(decisions?.panelDecision),
  },
  {
    name: 'reconsidered',
    page: page(
      'reconsidered',
      'What did the governing board decide when it considered it again?',
      day('reconsideredOn', 'When did it consider it again?', 'Enter the day the governing board considered it again'),
      choice('reconsideredDecision', 'What did it decide?', boardDecisions, 'Select what the governing board decided'),
      day('reinstatedFrom', 'From when is the pupil back? (only if reinstated)', '', false),
    ),
    note: 'What were its reasons? (optional)',
    done: 'The governing board’s new decision is kept.',
    offered: ({ decisions }) => Boolean(decisions?.panelDecision && decisions.panelDecision !== 'uphold'),
  },
]

// Nothing more is decided about what was cancelled or recorded by mistake.
export function offeredDecisions(exclusion: Exclusion): DecisionKind[] {
  if (exclusion.state === ExclusionState.CANCELLED || exclusion.state === ExclusionState.WITHDRAWN) return []
  return decisionKinds.filter(({ offered }) => offered(exclusion))
}
