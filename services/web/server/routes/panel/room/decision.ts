import { Code, ConnectError } from '@connectrpc/connect'
import { randomUUID } from 'node:crypto'
import { DecisionKind, DecisionState, type Decision, type DecisionTerms } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Option } from '../../../components/forms'
import type { Answers, FormPage, Question } from '../../../requestForm/types'
import { schoolOptions } from '../../../services/schoolOptions'
import { decisionKinds, decisionStates, decisionWays, missingThings, tiers } from '../../../text/panel'
import type { Ask } from '../formPages'
import { idOf, loadCase, pupilName } from '../load'

const longest = 4000

function date(key: string, label: string, short: string, required = true): Question {
  return { key, kind: 'date', label, short, required, days: 'any', missing: `Enter the day: ${short.toLowerCase()}` }
}

function agreed(key: string, label: string, short: string): Question {
  return { key, kind: 'choice', label, short, required: true, options: [{ value: 'yes', text: 'Yes' }, { value: 'no', text: 'No' }], missing: `Select yes or no: ${short.toLowerCase()}` }
}

// What each kind needs to be said, beside reasons and how it was decided.
function termsOf(kind: DecisionKind, schools: Option[]): Question[] {
  const receiving: Question = { key: 'receiving_urn', kind: 'select', label: 'Which school takes the pupil?', short: 'Receiving school', required: true, options: schools, missing: 'Choose the school' }
  switch (kind) {
    case DecisionKind.SUPPORT_IN_MAINSTREAM:
      return [date('review_on', 'When is the first review?', 'First review')]
    case DecisionKind.MANAGED_MOVE:
      return [
        receiving,
        date('until', 'When does the trial end?', 'End of the trial'),
        agreed('parents_agree', 'Do the parents agree, without having been told that an exclusion would follow otherwise?', 'Parents agree'),
        agreed('receiving_school_agrees', 'Does the receiving school agree?', 'Receiving school agrees'),
      ]
    case DecisionKind.ALTERNATIVE_PROVISION:
      return [
        { key: 'tier', kind: 'choice', label: 'In which tier?', short: 'Tier', required: true, options: tiers, missing: 'Select the tier' },
        date('until', 'Last day (tiers 1 and 2)', 'Last day', false),
        date('review_on', 'When is the first review?', 'First review'),
      ]
    case DecisionKind.FAIR_ACCESS_PLACE:
      return [receiving]
    default:
      return [{ key: 'missing', kind: 'choices', label: 'What is missing?', short: 'Missing', required: true, options: missingThings, missing: 'Select what is missing' }]
  }
}

// Support is what a decision to support consists of.
function conditions(kind: DecisionKind): Question {
  const required = kind === DecisionKind.SUPPORT_IN_MAINSTREAM
  return { key: 'conditions', kind: 'text', label: required ? 'Which support is put in place?' : 'Support and conditions (optional)', short: 'Support and conditions', required, limit: longest, missing: 'Enter the support' }
}

export function decisionPage(kind: DecisionKind, schools: Option[], again: boolean): FormPage {
  const change: Question[] = again ? [{ key: 'change_reason', kind: 'text', label: 'Why shall another decision replace the one signed off?', short: 'Why another decision', required: true, limit: longest, missing: 'Enter why another decision is needed' }] : []
  return {
    slug: 'decision',
    title: decisionKinds.find(one => one.kind === kind)?.text ?? 'Decision',
    questions: [
      ...termsOf(kind, schools),
      { key: 'reasons', kind: 'text', label: 'Why?', short: 'Reasons', required: true, limit: longest, missing: 'Enter the reasons' },
      conditions(kind),
      { key: 'way', kind: 'choice', label: 'How was it decided?', short: 'How it was decided', required: true, options: decisionWays, missing: 'Select how it was decided' },
      ...change,
    ],
  }
}

export function decisionAnswers(terms: DecisionTerms | undefined): Answers {
  if (!terms) return {}
  const yesNo = (value: boolean) => (value ? 'yes' : 'no')
  return {
    tier: terms.tier ? String(terms.tier) : '',
    receiving_urn: terms.receivingUrn ? String(terms.receivingUrn) : '',
    until: terms.until,
    review_on: terms.reviewOn,
    parents_agree: yesNo(terms.parentsAgree),
    receiving_school_agrees: yesNo(terms.receivingSchoolAgrees),
    missing: terms.missing.join(','),
    reasons: terms.reasons,
    conditions: terms.conditions,
    way: decisionWays.find(({ way }) => way === terms.way)?.value ?? '',
    change_reason: terms.changeReason,
  }
}

export function termsFrom(kind: DecisionKind, answers: Answers) {
  return {
    kind,
    tier: Number(answers.tier) || 0,
    receivingUrn: Number(answers.receiving_urn) || 0,
    until: answers.until ?? '',
    reviewOn: answers.review_on ?? '',
    parentsAgree: answers.parents_agree === 'yes',
    receivingSchoolAgrees: answers.receiving_school_agrees === 'yes',
    missing: (answers.missing ?? '').split(',').filter(Boolean),
    reasons: answers.reasons,
    conditions: answers.conditions ?? '',
    way: decisionWays.find(({ value }) => value === answers.way)?.way,
    changeReason: answers.change_reason ?? '',
  }
}

// The one being written in this sitting; a final one is never changed.
export function proposedIn(decisions: readonly Decision[], sittingId: string): Decision | undefined {
  return decisions.find(one => one.sittingId === sittingId && one.state === DecisionState.PROPOSED)
}

export const askDecision: Ask = async ({ clients }, request, person) => {
  const sittingId = idOf(request, 'sitting')
  const kind = decisionKinds.find(({ value }) => value === request.params.kind)?.kind
  if (kind === undefined) throw new ConnectError('no such decision', Code.NotFound)
  const found = await loadCase(clients, request)
  const [{ decisions }, schools, pupil] = await Promise.all([clients.panel.listDecisions({ caseId: found.caseId }), schoolOptions(clients, person), pupilName(clients, found.pupilId)])
  const proposed = proposedIn(decisions, sittingId)
  const path = `/panel/sittings/${sittingId}/cases/${found.caseId}`
  return {
    page: decisionPage(kind, schools, decisions.some(({ state }) => state === DecisionState.FINAL)),
    caption: `${found.reference}, ${pupil}`,
    action: `${path}/decision/${String(request.params.kind)}`,
    back: { href: path, text: 'Case in this sitting' },
    submit: 'Write it down',
    stored: decisionAnswers(proposed?.terms?.kind === kind ? proposed.terms : undefined),
    version: proposed?.version ?? 0n,
    id: proposed?.decisionId ?? randomUUID(),
    last: { what: 'decision', updatedBy: '', updatedAt: '', state: proposed ? (decisionStates[proposed.state] ?? '') : '' },
    send: async (answers, version, decisionId) => {
      await clients.panel.proposeDecision({ decisionId, version, caseId: found.caseId, sittingId, terms: termsFrom(kind, answers) })
      return { path, flash: 'Written down. It is final when the chair signs it off.' }
    },
  }
}
