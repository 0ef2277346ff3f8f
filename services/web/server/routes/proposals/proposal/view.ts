import { pageView } from '../../../components/pageView'
import { href } from '../../../components/query'
import { tag } from '../../../components/tables'
import type { ProposalPage } from './presenter'
import { summaryRows } from '../../../components/summary'

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
    rows: summaryRows(proposal.facts),
    pupilHref: href(`/pupils/${proposal.pupilId}`, { from: here }),
    newRequestId: may.ask,
    dismissHref: may.dismiss ? href(`/proposals/${proposal.proposalId}/not-needed`, { from: back }) : undefined,
  }
}
