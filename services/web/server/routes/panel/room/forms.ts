import { checkReason } from '../../../components/reason'
import type { Ask } from '../formPages'
import { idOf, loadCase, pupilName } from '../load'
import { fetchSitting } from '../sitting/load'
import { sittingState } from '../../../text/panel'

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
