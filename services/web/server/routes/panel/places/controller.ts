import type { RequestHandler } from 'express'
import { DecisionKind, type MatchOption, type Provider } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Person } from '../../../auth/person'
import { pageView } from '../../../components/pageView'
import { render } from '../../../components/render'
import type { Services } from '../../../services'
import { plural } from '../../../text/figures'
import { decisionKind, phaseName } from '../../../text/panel'
import { capital } from '../../../text/words'
import { idOf, loadCase, pupilName } from '../load'
import { panelTabs } from '../tabs'

const days: Record<string, string> = { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday' }

// "£412.50 a week"
export function costWords(pence: bigint): string {
  return `£${(Number(pence) / 100).toFixed(2)} a week`
}

export function presentProvider(provider: Provider) {
  return {
    name: provider.name,
    registration: capital(provider.registration.replaceAll('_', ' ')),
    open: provider.open,
    concerns: provider.concerns,
    programmes: provider.programmes.map(one => ({
      name: `${one.name}: tier ${one.tier}, ${phaseName(one.phase).toLowerCase()}`,
      cost: costWords(one.penceAWeek),
      free: one.days.map(({ day, places, taken }) => `${days[day] ?? day}: ${places - taken} of ${places} free`),
    })),
  }
}

export function showProviders({ clients }: Services): RequestHandler {
  return async (_request, response) => {
    const { providers } = await clients.panel.listProviders({})
    render(response, 'panel/places/providers', { ...pageView('Providers and free places'), ...{ tabs: panelTabs(response.locals.user as Person, 'providers'), providers: providers.map(presentProvider) } })
  }
}

export function presentOption(option: MatchOption, offer: string) {
  const distance = option.metres < 0 ? 'Distance not known' : `${(option.metres / 1000).toFixed(1)} km from the school`
  return {
    name: option.name,
    can: option.rank > 0,
    facts: [`${option.score} of 100 points`, plural(option.placesFree, 'place free', 'places free'), distance, ...(option.penceAWeek > 0n ? [costWords(option.penceAWeek)] : [])],
    reasons: option.rank > 0 ? option.reasons : option.whyNot,
    offer: option.rank > 0 && option.programmeId ? `${offer}/${option.programmeId}` : '',
  }
}

// What could carry out the final decision, ranked with reasons; and why not for the rest.
export function showMatches({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const found = await loadCase(clients, request)
    const path = `/panel/cases/${idOf(request, 'case')}`
    const { decisions } = await clients.panel.listDecisions({ caseId: found.caseId })
    const terms = decisions.find(({ decisionId }) => decisionId === found.decisionId)?.terms
    const kind = terms?.kind ?? DecisionKind.ALTERNATIVE_PROVISION
    const [{ options }, pupil] = await Promise.all([clients.panel.matchPlaces({ caseId: found.caseId, kind, tier: terms?.tier }), pupilName(clients, found.pupilId)])
    const shown = options.map(one => presentOption(one, `${path}/places`))
    render(response, 'panel/places/matches', {
      ...pageView(`Places for ${pupil}`, { back: { href: path, text: 'Panel case' } }),
      ...{ caption: `${found.reference}: ${decisionKind(kind, terms?.tier)}`, fits: shown.filter(({ can }) => can), others: shown.filter(({ can }) => !can) },
    })
  }
}
