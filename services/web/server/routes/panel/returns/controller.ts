import type { Request, RequestHandler, Response } from 'express'
import type { ReintegrationPlan } from '../../../../gen/pathways/panel/v1/reintegration_pb'
import { can, type Person } from '../../../auth/person'
import { isConflict, isCorrectable } from '../../../clients/problems'
import { select } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { pagination, readPaging } from '../../../components/pagination'
import { readQuery } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { summaryRows } from '../../../components/summary'
import { link, tag, text } from '../../../components/tables'
import { readVersion } from '../../../components/version'
import { peopleById, pupilLabel, pupilsById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { longDay, today } from '../../../text/dates'
import { planState, planStateOptions } from '../../../text/returns'
import { idOf, pupilName } from '../load'
import { panelTabs } from '../tabs'
import { loadReturn } from './load'
import { presentPlan, presentReturnReviews, presentStep, returnActions, type ReturnNames } from './presenter'

export function planView(plan: ReintegrationPlan, names: ReturnNames, pupil: string, person: Person, day: string) {
  const state = planState(plan.state)
  const path = `/panel/placements/${plan.placementId}`
  return {
    ...pageView(`Return of ${pupil} to a school`, { back: { href: path, text: 'Placement' } }),
    path: `${path}/return`,
    caption: plan.fromName ? `From ${plan.fromName}` : '',
    stateTag: tag(state.text, state.colour),
    version: String(plan.version),
    lacks: plan.lacks,
    facts: summaryRows(presentPlan(plan, names)),
    steps: plan.steps.map(step => presentStep(step, day)).map(step => ({ ...step, tag: step.done ? tag('Done', 'green') : step.overdue ? tag('Overdue', 'red') : '' })),
    reviews: presentReturnReviews(plan, names.people),
    ...returnActions(plan, person),
  }
}

export function showReturn({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const { placement, plan } = await loadReturn(clients, request)
    if (!plan) return seeOther(response, can(person, 'writeReturns') ? `/panel/placements/${placement.placementId}/return/plan` : `/panel/placements/${placement.placementId}`)
    const [pupil, people, schools] = await Promise.all([
      pupilName(clients, plan.pupilId),
      peopleById(clients, [plan.agreedBy, plan.updatedBy, ...plan.reviews.map(({ personId }) => personId)]),
      schoolsByUrn(clients, [plan.toUrn]),
    ])
    render(response, 'panel/returns/plan', planView(plan, { people, schools }, pupil, person, today(now())))
  }
}

const states = [{ value: '', text: 'All' }, ...planStateOptions.map(({ named }) => ({ value: named.code, text: named.text }))]

export function showReturns({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, ['state', 'show', 'page', 'trail'])
    const paging = readPaging(query)
    const state = planStateOptions.find(({ named }) => named.code === query.state)?.state
    const list = await clients.reintegration.listPlans({ states: state === undefined ? [] : [state], reviewOverdue: query.show === 'review_overdue', pageSize: 50, pageToken: paging.token })
    const [pupils, schools] = await Promise.all([pupilsById(clients, list.plans.map(one => one.pupilId)), schoolsByUrn(clients, list.plans.map(one => one.toUrn))])
    render(response, 'panel/returns/list', {
      ...pageView('Returns to school'),
      ...{
        tabs: panelTabs(response.locals.user as Person, 'returns'),
        path: '/panel/returns',
        filtered: Boolean(query.state || query.show),
        selects: [select('state', 'State', states, query.state ?? ''), select('show', 'Review', [{ value: '', text: 'All' }, { value: 'review_overdue', text: 'Overdue' }], query.show ?? '')],
        table: {
          caption: 'Returns to school, next review first',
          captionClasses: 'govuk-visually-hidden',
          head: ['Pupil', 'From', 'To', 'First day', 'Next review', 'State'].map(text),
          rows: list.plans.map(one => [
            link(`/panel/placements/${one.placementId}/return`, pupilLabel(pupils.get(one.pupilId))),
            text(one.fromName || 'A school'),
            text(schools.get(one.toUrn) ?? ''),
            text(longDay(one.firstDay)),
            text(longDay(one.nextReview)),
            { html: tag(planState(one.state).text, planState(one.state).colour) },
          ]),
        },
        pagination: pagination('/panel/returns', query, paging, list.nextPageToken),
      },
    })
  }
}

// Changes without a form of their own; what the service says against them is shown on the page they came from.
async function change(request: Request, response: Response, act: () => Promise<string>): Promise<void> {
  try {
    request.session.flash = await act()
  } catch (error) {
    if (!isCorrectable(error) && !isConflict(error)) throw error
    request.session.flash = isConflict(error) ? 'A colleague has changed the plan meanwhile. Look at it again.' : ((error as { rawMessage?: string }).rawMessage ?? 'This cannot be done now.')
  }
  await seeOther(response, `/panel/placements/${idOf(request, 'placement')}/return`)
}

export function completeStep({ clients }: Services): RequestHandler {
  return (request, response) =>
    change(request, response, async () => {
      await clients.reintegration.completeStep({ placementId: idOf(request, 'placement'), stepId: idOf(request, 'step') })
      return 'Step: done.'
    })
}

export function removeStep({ clients }: Services): RequestHandler {
  return (request, response) =>
    change(request, response, async () => {
      await clients.reintegration.saveStep({ placementId: idOf(request, 'placement'), version: readVersion(request.body), step: { stepId: idOf(request, 'step') }, remove: true })
      return 'Step taken out.'
    })
}
