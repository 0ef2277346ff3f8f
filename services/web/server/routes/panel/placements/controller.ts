import { Code, ConnectError } from '@connectrpc/connect'
import type { RequestHandler } from 'express'
import { OfferAnswer, PlacementState, type Placement } from '../../../../gen/pathways/panel/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { select } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { pagination, readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { summaryRows } from '../../../components/summary'
import { link, tag, text } from '../../../components/tables'
import type { Answers, FormPage } from '../../../requestForm/types'
import { pupilLabel, pupilsById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { longDay } from '../../../text/dates'
import { placementState, placementStateOptions } from '../../../text/panel'
import { presentPlacementRow } from '../case/presenter'
import type { Ask } from '../formPages'
import { idOf, pupilName } from '../load'
import { panelTabs } from '../tabs'

const states = [{ value: '', text: 'All' }, ...placementStateOptions.map(({ named }) => ({ value: named.code, text: named.text }))]

export function showPlacements({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, ['state', 'show', 'page', 'trail'])
    const paging = readPaging(query)
    const state = placementStateOptions.find(({ named }) => named.code === query.state)?.state
    const list = await clients.panel.listPlacements({ states: state === undefined ? [] : [state], reviewOverdue: query.show === 'review_overdue', pageSize: 50, pageToken: paging.token })
    const [pupils, schools] = await Promise.all([pupilsById(clients, list.placements.map(one => one.pupilId)), schoolsByUrn(clients, list.placements.map(one => one.receivingUrn))])
    const rows = list.placements.map(one => ({ ...presentPlacementRow(one, schools), pupil: pupilLabel(pupils.get(one.pupilId)) }))
    render(response, 'panel/placements/page', {
      ...pageView('Placements'),
      ...{
        tabs: panelTabs(response.locals.user as Person, 'placements'),
        path: '/panel/placements',
        filtered: Boolean(query.state || query.show),
        selects: [select('state', 'State', states, query.state ?? ''), select('show', 'Review', [{ value: '', text: 'All' }, { value: 'review_overdue', text: 'Overdue' }], query.show ?? '')],
        table: {
          caption: 'Placements, next review first',
          captionClasses: 'govuk-visually-hidden',
          head: ['Pupil', 'Where', 'State', 'First day', 'Next review'].map(text),
          rows: rows.map(row => [link(`/panel/placements/${row.placementId}`, row.pupil), text(row.name), { html: tag(row.state.text, row.state.colour) }, text(row.start), text(row.review)]),
        },
        pagination: pagination('/panel/placements', query, paging, list.nextPageToken),
      },
    })
  }
}

// What can be done with a placement now.
export function offeredNext({ state }: Pick<Placement, 'state'>): { name: string; text: string }[] {
  if (state === PlacementState.OFFERED) return [{ name: 'answer', text: 'Answer the offer' }]
  if (state === PlacementState.ACCEPTED) return [{ name: 'start', text: 'The pupil has started' }]
  return state === PlacementState.STARTED ? [{ name: 'review', text: 'Keep a review' }, { name: 'end', text: 'End the placement' }] : []
}

async function fetchPlacement(clients: Services['clients'], placementId: string): Promise<Placement> {
  const { placement } = await clients.panel.getPlacement({ placementId })
  if (!placement) throw new ConnectError('no such placement', Code.NotFound)
  return placement
}

export function showPlacement({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const found = await fetchPlacement(clients, idOf(request, 'placement'))
    const [pupil, schools] = await Promise.all([pupilName(clients, found.pupilId), schoolsByUrn(clients, [found.urn, found.receivingUrn])])
    const row = presentPlacementRow(found, schools)
    const facts = [
      { label: 'Where', value: row.name },
      { label: 'School of the case', value: schools.get(found.urn) ?? '' },
      { label: 'Days', value: found.days.join(', ') },
      { label: 'First day', value: row.start },
      { label: 'Planned until', value: longDay(found.plannedEnd) },
      { label: 'Next review', value: row.review },
      { label: 'Ended', value: longDay(found.endedOn) },
      ...found.reviews.map(review => ({ label: `Review of ${longDay(review.day)}`, value: [review.outcome.replaceAll('_', ' '), review.words].filter(Boolean).join('\n') })),
    ].filter(({ value }) => value !== '')
    render(response, 'panel/placements/placement', {
      ...pageView(`Placement of ${pupil}`, { back: { href: '/panel/placements', text: 'Placements' } }),
      ...{
        stateTag: tag(row.state.text, row.state.colour),
        facts: summaryRows(facts),
        caseHref: can(person, 'seePanel') ? `/panel/cases/${found.caseId}` : '',
        next: can(person, 'keepPlacements') ? offeredNext(found).map(({ name, text: words }) => ({ href: `/panel/placements/${found.placementId}/${name}`, text: words })) : [],
      },
    })
  }
}

const day = (key: string, label: string, required = true) => ({ key, kind: 'date', label, short: label, required, days: 'any', missing: 'Enter the day' }) as const
const words = (key: string, label: string, required: boolean) => ({ key, kind: 'text', label, short: label, required, limit: 4000, missing: 'Enter a few words' }) as const
const choose = (key: string, label: string, options: [string, string][]) => ({ key, kind: 'choice', label, short: label, required: true, options: options.map(([value, shown]) => ({ value, text: shown })), missing: 'Select one' }) as const

const answers = { accept: OfferAnswer.ACCEPT, decline: OfferAnswer.DECLINE, withdraw: OfferAnswer.WITHDRAW } as const

const pages: Record<string, FormPage['questions']> = {
  answer: [choose('answer', 'What is the answer?', [['accept', 'Accept'], ['decline', 'Decline'], ['withdraw', 'The authority takes it back']]), words('reason', 'Why? (not needed to accept)', false)],
  start: [day('start_day', 'First day there'), day('next_review', 'First review (optional)', false)],
  review: [day('day', 'Day of the review'), choose('outcome', 'What comes of it?', [['continue', 'Continue'], ['extend', 'Extend'], ['ready_to_return', 'Ready to return'], ['not_working', 'Not working']]), words('words', 'What was said?', true), day('next_review', 'Next review (optional)', false), day('planned_end', 'New last day, when it is extended (optional)', false)],
  end: [day('day', 'Last day there'), choose('reason', 'Why does it end?', [['new_school', 'Goes to a new school'], ['returned_to_school', 'Back at the school'], ['post_16', 'Further education'], ['broke_down', 'It broke down'], ['moved_away', 'Moved away'], ['other', 'Another reason']]), words('words', 'In a few words (optional)', false)],
}

// A start begins with the day that was planned.
function storedOf(step: string, { startDay }: Placement): Answers {
  return step === 'start' ? { start_day: startDay } : {}
}

export const askPlacement: Ask = async ({ clients }, request) => {
  const found = await fetchPlacement(clients, idOf(request, 'placement'))
  const step = offeredNext(found).find(({ name }) => name === request.params.step)
  if (!step) throw new ConnectError('This cannot be done with the placement now.', Code.FailedPrecondition)
  const { placementId } = found
  const path = `/panel/placements/${placementId}`
  return {
    page: { slug: step.name, title: step.text, questions: pages[step.name] ?? [] },
    caption: `${found.name}, ${await pupilName(clients, found.pupilId)}`,
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
