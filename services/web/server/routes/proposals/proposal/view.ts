import { pageView } from '../../../components/pageView'
import { href } from '../../../components/query'
import { tag } from '../../../components/tables'
import type { ProposalPage } from './presenter'

export function proposalView(
  proposal: ProposalPage,
  may: { ask: string | undefined; dismiss: boolean },
  back: string,
  here: string,
) {
  return {
    ...pageView(proposal.title, { back: { href: back, text: 'Proposals' } }),
    ...proposal,
    stateTag: tag(proposal.state.text, proposal.state.colour),
    rows: proposal.facts.map(({ label, value }) => ({ key: { text: label }, value: { text: value } })),
    pupilHref: href(`/pupils/${proposal.pupilId}`, { from: here }),
    newRequestId: may.ask,
    dismissHref: may.dismiss ? href(`/proposals/${proposal.proposalId}/not-needed`, { from: back }) : undefined,
  }
}
