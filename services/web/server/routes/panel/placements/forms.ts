import { Code, ConnectError } from '@connectrpc/connect'
import { OfferAnswer, type Placement } from '../../../../gen/pathways/panel/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import type { Option } from '../../../components/forms'
import type { Answers, FormPage } from '../../../requestForm/types'
import { placementState } from '../../../text/panel'
import { endReasons, reviewOutcomes } from '../../../text/providers'
import type { Ask } from '../formPages'
import { idOf, pupilName } from '../load'
import { fetchPlacement } from './load'
import { offeredNext, type Step } from './steps'

const day = (key: string, label: string, required = true) => ({ key, kind: 'date', label, short: label, required, days: 'any', missing: 'Enter the day' }) as const
const words = (key: string, label: string, required: boolean) => ({ key, kind: 'text', label, short: label, required, limit: 4000, missing: 'Enter a few words' }) as const
const choose = (key: string, label: string, options: readonly Option[]) => ({ key, kind: 'choice', label, short: label, required: true, options, missing: 'Select one' }) as const

const answers = { accept: OfferAnswer.ACCEPT, decline: OfferAnswer.DECLINE, withdraw: OfferAnswer.WITHDRAW } as const

function answerOptions(person: Person): Option[] {
  const both = [{ value: 'accept', text: 'Accept' }, { value: 'decline', text: 'Decline' }]
  return can(person, 'offerPlaces') ? [...both, { value: 'withdraw', text: 'The authority takes it back' }] : both
}

export function questionsOf(step: Step['name'], person: Person): FormPage['questions'] {
  switch (step) {
    case 'answer':
      return [choose('answer', 'What is the answer?', answerOptions(person)), words('reason', 'Why? (not needed to accept)', false)]
    case 'start':
      return [day('start_day', 'First day there'), day('next_review', 'First review (optional)', false)]
    case 'review':
      return [day('day', 'Day of the review'), choose('outcome', 'What comes of it?', reviewOutcomes), words('words', 'What was said?', true), day('next_review', 'Next review (optional)', false), day('planned_end', 'New last day, when it is extended (optional)', false)]
    case 'end':
      return [day('day', 'Last day there'), choose('reason', 'Why does it end?', endReasons), words('words', 'In a few words (optional)', false)]
  }
}

// A start begins with the day that was planned.
function storedOf(step: string, { startDay }: Placement): Answers {
  return step === 'start' ? { start_day: startDay } : {}
}

export const askPlacement: Ask = async ({ clients }, request, person) => {
  const found = await fetchPlacement(clients, idOf(request, 'placement'))
  const step = offeredNext(found, person).find(({ name }) => name === request.params.step)
  if (!step) throw new ConnectError('This cannot be done with the placement now.', Code.FailedPrecondition)
  const { placementId } = found
  const path = `/panel/placements/${placementId}`
  return {
    page: { slug: step.name, title: step.text, questions: questionsOf(step.name, person) },
    caption: [found.name, await pupilName(clients, found.pupilId)].filter(Boolean).join(', '),
    intro: step.name === 'end' && !found.hasReintegrationPlan ? 'For a return to a school the plan has to be agreed first.' : undefined,
    action: `${path}/${step.name}`,
    back: { href: path, text: 'Placement' },
    submit: 'Save',
    stored: storedOf(step.name, found),
    version: found.version,
    last: { what: 'placement', updatedBy: found.updatedBy, updatedAt: found.updatedAt, state: placementState(found.state).text },
    send: async (sent, version) => {
      if (step.name === 'answer') await clients.panel.answerOffer({ placementId, version, answer: answers[sent.answer as keyof typeof answers], reason: sent.reason })
      else if (step.name === 'start') await clients.panel.startPlacement({ placementId, version, startDay: sent.start_day, nextReview: sent.next_review })
      else if (step.name === 'review') await clients.panel.reviewPlacement({ placementId, version, review: { day: sent.day, outcome: sent.outcome, words: sent.words, nextReview: sent.next_review }, plannedEnd: sent.planned_end })
      else await clients.panel.endPlacement({ placementId, version, day: sent.day, reason: sent.reason, words: sent.words })
      return { path, flash: 'Saved.' }
    },
  }
}
