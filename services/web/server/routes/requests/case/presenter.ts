import { RequestState, type Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import { declineReasons, mainReason, redirectServices } from '../../../requestForm/definition'
import { storedAnswers } from '../../../requestForm/answers'
import { dateTime, longDay } from '../../../text/dates'
import { presentFacts, type Fact } from '../facts'
import { isOverdue } from '../list/presenter'

export interface Case {
  facts: Fact[]
  prefilled: Fact[]
  prefilledAsOf: string
  overdue: boolean
  // What Early Help last said, with its heading.
  said?: { title: string; code: string; note: string }
  // Who holds it, said to the school as well as to Early Help.
  worker: string
  summary: Fact[]
}

function codeText(options: readonly { value: string; text: string }[], code: string): string {
  return options.find(({ value }) => value === code)?.text ?? code
}

function said({ state, decisionNote, decisionCode }: EarlyHelpRequest): Case['said'] {
  switch (state) {
    case RequestState.MORE_ASKED:
      return { title: 'Early Help asked for more', code: '', note: decisionNote }
    case RequestState.REDIRECTED:
      return { title: 'Sent on to', code: codeText(redirectServices, decisionCode), note: decisionNote }
    case RequestState.DECLINED:
      return { title: 'Declined', code: codeText(declineReasons, decisionCode), note: decisionNote }
    case RequestState.ACCEPTED:
    case RequestState.ALLOCATED:
      return decisionNote ? { title: 'Early Help says', code: '', note: decisionNote } : undefined
    default:
      return undefined
  }
}

function person(people: Map<string, string>, id: string): string {
  return id === '' ? '' : (people.get(id) ?? 'A colleague')
}

export function presentCase(request: EarlyHelpRequest, school: string, people: Map<string, string>, now: number): Case {
  const why = storedAnswers(request, 'reason')
  const { facts, asOf } = presentFacts(request.facts)
  const worker = person(people, request.workerId)
  return {
    worker,
    overdue: isOverdue(request, now),
    facts: [
      { label: 'Reference', value: request.reference },
      { label: 'School', value: school },
      { label: 'Written by', value: person(people, request.createdBy) },
      { label: 'Sent', value: dateTime(request.submittedAt) },
      { label: 'Decision due', value: request.state === RequestState.SUBMITTED ? longDay(request.decisionDue) : '' },
      { label: 'Held by', value: worker },
      { label: 'Last change', value: [dateTime(request.updatedAt), person(people, request.updatedBy)].filter(Boolean).join(', ') },
    ].filter(({ value }) => value !== ''),
    said: said(request),
    summary: [
      { label: 'Main reason', value: mainReason(request.mainReason || (why.main_reason ?? '')) },
      { label: 'What is happening', value: why.reason ?? '' },
      { label: 'What should change', value: why.change_wanted ?? '' },
    ].filter(({ value }) => value !== ''),
    prefilled: facts,
    prefilledAsOf: asOf,
  }
}
