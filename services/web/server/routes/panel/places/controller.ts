import type { RequestHandler } from 'express'
import { DecisionKind, type MatchOption } from '../../../../gen/pathways/panel/v1/service_pb'
import { pageView } from '../../../components/pageView'
import { render } from '../../../components/render'
import type { Services } from '../../../services'
import { plural } from '../../../text/figures'
import { decisionKind } from '../../../text/panel'
import { costWords } from '../../../text/providers'
import { idOf, loadCase, pupilName } from '../load'

// Where an option leads: a programme, or the school that the panel decided for.
function offered({ rank, programmeId, urn }: MatchOption, receivingUrn: number): string {
  if (programmeId !== '') return rank > 0 ? programmeId : ''
  return receivingUrn > 0 && urn === receivingUrn ? 'school' : ''
}

export function presentOption(option: MatchOption, offer: string, receivingUrn = 0) {
  const distance = option.metres < 0 ? 'Distance not known' : `${(option.metres / 1000).toFixed(1)} km from the school`
  return {
    name: option.name,
    can: option.rank > 0,
    facts: [`${option.score} of 100 points`, ...(option.programmeId === '' ? [] : [plural(option.placesFree, 'place free', 'places free')]), distance, ...(option.penceAWeek > 0n ? [costWords(option.penceAWeek)] : [])],
    reasons: option.rank > 0 ? option.reasons : option.whyNot,
    decided: receivingUrn > 0 && option.urn === receivingUrn,
    offer: offered(option, receivingUrn) ? `${offer}/${offered(option, receivingUrn)}` : '',
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
    const shown = options.map(one => presentOption(one, `${path}/places`, terms?.receivingUrn))
    render(response, 'panel/places/matches', {
      ...pageView(`Places for ${pupil}`, { back: { href: path, text: 'Panel case' } }),
      ...{ caption: `${found.reference}: ${decisionKind(kind, terms?.tier)}`, fits: shown.filter(({ can }) => can), others: shown.filter(({ can }) => !can) },
    })
  }
}
