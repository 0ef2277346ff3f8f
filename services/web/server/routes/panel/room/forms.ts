import { checkReason } from '../../../components/reason'
import type { Ask } from '../formPages'
import { idOf, loadCase, pupilName } from '../load'
import { fetchSitting } from '../sitting/load'
import { seatName, sittingState, votes } from '../../../text/panel'
import { Code, ConnectError } from '@connectrpc/connect'
import type { Sitting } from '../../../../gen/pathways/panel/v1/service_pb'
import type { Clients } from '../../../clients/clients'
import type { Option } from '../../../components/forms'
import { peopleById } from '../../../services/names'
import { proposedIn } from './decision'

const longest = 1000

export const askOff: Ask = async ({ clients }, request) => {
  const sitting = await fetchSitting(clients, idOf(request, 'sitting'))
  const found = await loadCase(clients, request)
  const path = `/panel/sittings/${sitting.sittingId}`
  return {
    page: { slug: 'off', title: 'Take off the agenda', questions: [{ key: 'reason', kind: 'text', label: 'Why is the case taken off this agenda?', short: 'Why', required: true, limit: longest, missing: 'Enter why' }] },
    caption: `${found.reference}, ${await pupilName(clients, found.pupilId)}`,
    action: `${path}/cases/${found.caseId}/off`,
    back: { href: path, text: 'Sitting' },
    submit: 'Take it off',
    stored: {},
    version: sitting.version,
    last: { what: 'sitting', updatedBy: sitting.updatedBy, updatedAt: sitting.updatedAt, state: sittingState(sitting.state).text },
    check: answers => checkReason('reason', answers.reason ?? '', longest, 'Enter why'),
    send: async (answers, version) => {
      await clients.panel.removeFromAgenda({ sittingId: sitting.sittingId, version, caseId: found.caseId, reason: answers.reason })
      return { path, flash: 'Taken off; it waits for another sitting.' }
    },
  }
}

async function memberOptions(clients: Clients, { members }: Sitting): Promise<Option[]> {
  const people = await peopleById(clients, members.map(({ personId }) => personId))
  return members.map(({ personId, seat }) => ({ value: personId, text: `${people.get(personId) ?? 'A colleague'}, ${seatName(seat)}` }))
}

// In the room members speak and the clerk types; who typed is kept.
export const askVote: Ask = async ({ clients }, request) => {
  const sitting = await fetchSitting(clients, idOf(request, 'sitting'))
  const found = await loadCase(clients, request)
  const { decisions } = await clients.panel.listDecisions({ caseId: found.caseId })
  const proposed = proposedIn(decisions, sitting.sittingId)
  if (!proposed) throw new ConnectError('nothing to vote on', Code.NotFound)
  const path = `/panel/sittings/${sitting.sittingId}/cases/${found.caseId}`
  return {
    page: {
      slug: 'vote',
      title: 'Write down a member’s vote',
      questions: [
        { key: 'person_id', kind: 'choice', label: 'Who votes?', short: 'Member', required: true, options: await memberOptions(clients, sitting), missing: 'Select who votes' },
        { key: 'choice', kind: 'choice', label: 'How do they vote?', short: 'Vote', required: true, options: votes, missing: 'Select how they vote' },
      ],
    },
    caption: `${found.reference}, ${await pupilName(clients, found.pupilId)}`,
    action: `${path}/votes`,
    back: { href: path, text: 'Case in this sitting' },
    submit: 'Write it down',
    intro: 'That you wrote it down is kept with the vote. A later vote of the same member takes its place.',
    stored: {},
    version: 0n,
    send: async answers => {
      await clients.panel.castVote({ decisionId: proposed.decisionId, personId: answers.person_id, choice: votes.find(({ value }) => value === answers.choice)?.choice })
      return { path, flash: 'The vote is kept.' }
    },
  }
}

export const askInterest: Ask = async ({ clients }, request, person) => {
  const sitting = await fetchSitting(clients, idOf(request, 'sitting'))
  const found = await loadCase(clients, request)
  const path = `/panel/sittings/${sitting.sittingId}/cases/${found.caseId}`
  return {
    page: { slug: 'interest', title: 'Write down a member’s interest', questions: [{ key: 'person_id', kind: 'choice', label: 'Who has an interest in this case?', short: 'Member', required: true, options: await memberOptions(clients, sitting), missing: 'Select who has an interest' }] },
    caption: `${found.reference}, ${await pupilName(clients, found.pupilId)}`,
    action: `${path}/interests`,
    back: { href: path, text: 'Case in this sitting' },
    submit: 'Write it down',
    intro: 'The case, its pack and its decision are hidden from them at once, and for good. That you wrote it down is kept.',
    stored: {},
    version: 0n,
    send: async answers => {
      await clients.panel.declareInterest({ sittingId: sitting.sittingId, caseId: found.caseId, personId: answers.person_id })
      const own = answers.person_id === person.id
      return { path: own ? `/panel/sittings/${sitting.sittingId}` : path, flash: 'The interest is kept.' }
    },
  }
}
