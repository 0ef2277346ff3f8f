import type { RequestHandler } from 'express'
import type { Person } from '../../../auth/person'
import { fileDeadlineMs } from '../../../clients/clients'
import { readQuery } from '../../../components/query'
import { render } from '../../../components/render'
import { sendFile } from '../../../components/sendFile'
import { Gathering } from '../../../services/gather'
import { schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { parameters, readPeriod } from './form'
import { effectsView, fairnessView, returnsView, type Page } from './view'

function asked(services: Services, request: Parameters<RequestHandler>[0], person: Person) {
  const query = readQuery(request, parameters)
  const day = today(services.now())
  const page: Page = { person, query, today: day }
  return { page, scope: readPeriod(query, day) }
}

export function showFairness(services: Services): RequestHandler {
  return async (request, response) => {
    const { page, scope } = asked(services, request, response.locals.user as Person)
    const fair = await services.clients.impact.getFairness({ scope })
    const schools = await schoolsByUrn(services.clients, fair.shares.map(({ urn }) => urn))
    render(response, 'panel/impact/fairness', fairnessView(fair, schools, page))
  }
}

export function showEffects(services: Services): RequestHandler {
  return async (request, response) => {
    const { page, scope } = asked(services, request, response.locals.user as Person)
    const gathering = new Gathering()
    const found = await gathering.get('attendance', () => services.clients.impact.getEffects({ scope }))
    render(response, 'panel/impact/effects', effectsView(found, [...gathering.missing, ...(found?.missing ?? [])], page))
  }
}

export function showReturns(services: Services): RequestHandler {
  return async (request, response) => {
    const { page, scope } = asked(services, request, response.locals.user as Person)
    render(response, 'panel/impact/returns', returnsView(await services.clients.impact.getReturns({ scope }), page))
  }
}

export function downloadImpact(services: Services): RequestHandler {
  return async (request, response) => {
    const { scope } = asked(services, request, response.locals.user as Person)
    await sendFile(response, services.clients.impact.exportImpact({ scope }, { timeoutMs: fileDeadlineMs }), 'panel.csv')
  }
}
