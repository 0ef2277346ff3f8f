import type { RiskProposal } from '../../../../gen/pathways/exclusions/v1/risk_pb'
import { href } from '../../../components/query'
import { escape, link, tag, text } from '../../../components/tables'
import { dateTime } from '../../../text/dates'
import { stateOf } from '../../exclusions/risk/list/presenter'
import type { PupilHeader } from '../pupilHeader'

// Proposals of help on the page of a pupil; nothing where there never was one.
export function pupilRiskView(pupil: PupilHeader, proposals: readonly RiskProposal[] | undefined) {
  if (!proposals || proposals.length === 0) return {}
  return {
    risk: {
      caption: 'Proposals of help before an exclusion',
      captionClasses: 'govuk-visually-hidden',
      head: ['Proposed', 'State', 'What brings most points'].map(text),
      rows: proposals.map(one => {
        const state = stateOf(one)
        return [
          link(href(`/exclusions/risk/${one.proposalId}`, { from: `/pupils/${pupil.pupilId}` }), dateTime(one.proposedAt), 'why help was proposed'),
          { html: tag(state.text, state.colour) },
          { html: one.mainFacts.map(escape).join('<br>') },
        ]
      }),
    },
  }
}
