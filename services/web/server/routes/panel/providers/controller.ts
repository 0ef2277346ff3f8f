import type { RequestHandler } from 'express'
import type { Provider } from '../../../../gen/pathways/panel/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { pageView } from '../../../components/pageView'
import { render } from '../../../components/render'
import { summaryRows } from '../../../components/summary'
import { escape, link, tag, text } from '../../../components/tables'
import { peopleById } from '../../../services/names'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { panelTabs } from '../tabs'
import { loadProvider } from './load'
import { presentChecks, presentFacts, presentProgramme, presentProviderRow } from './presenter'

export function providersView(providers: readonly Provider[], person: Person) {
  const rows = providers.map(presentProviderRow)
  return {
    ...pageView('Providers and free places'),
    tabs: panelTabs(person, 'providers'),
    mayKeep: can(person, 'keepProviders'),
    empty: rows.length === 0,
    table: {
      caption: 'Providers by name',
      captionClasses: 'govuk-visually-hidden',
      head: ['Provider', 'Registration', 'Programmes', 'State'].map(text),
      rows: rows.map(row => [
        link(`/panel/providers/${row.providerId}`, row.name),
        text(row.registration),
        row.programmes.length > 0 ? { html: row.programmes.map(escape).join('<br>') } : text('None yet'),
        { html: tag(row.state.text, row.state.colour) },
      ]),
    },
  }
}

export function showProviders({ clients }: Services): RequestHandler {
  return async (_request, response) => {
    const { providers } = await clients.panel.listProviders({})
    render(response, 'panel/providers/list', providersView(providers, response.locals.user as Person))
  }
}

export function providerView(provider: Provider, people: Map<string, string>, person: Person, day: string) {
  const mayKeep = can(person, 'keepProviders')
  const path = `/panel/providers/${provider.providerId}`
  return {
    ...pageView(provider.name, { back: { href: '/panel/providers', text: 'Providers' } }),
    path,
    mayKeep,
    concerns: provider.concerns,
    facts: summaryRows(presentFacts(provider, people)),
    checks: {
      caption: 'Quality checks',
      captionClasses: 'govuk-visually-hidden',
      head: ['Check', 'Outcome', 'Checked', 'Next due', ...(mayKeep ? ['New check'] : [])].map(text),
      rows: presentChecks(provider, day).map(row => [
        text(row.name),
        { html: tag(row.state.text, row.state.colour) },
        text(row.checked),
        text(row.due),
        ...(mayKeep ? [link(`${path}/checks/${row.kind}`, 'Keep a check', `of ${row.name.toLowerCase()}`)] : []),
      ]),
    },
    programmes: provider.programmes.map(presentProgramme).map(one => ({ ...one, facts: summaryRows(one.facts) })),
  }
}

export function showProvider({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const provider = await loadProvider(clients, request)
    const people = await peopleById(clients, [...provider.personIds, provider.updatedBy])
    render(response, 'panel/providers/provider', providerView(provider, people, response.locals.user as Person, today(now())))
  }
}
