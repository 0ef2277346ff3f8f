import { Code, ConnectError } from '@connectrpc/connect'
import { checkKinds, checkOutcomes } from '../../../text/providers'
import type { Ask } from '../formPages'
import { loadProvider } from './load'

// A check that was made. The earlier ones are kept.
export const askCheckOfProvider: Ask = async ({ clients }, request) => {
  const provider = await loadProvider(clients, request)
  const kind = checkKinds.find(({ value }) => value === request.params.kind)
  if (!kind) throw new ConnectError('no such check', Code.NotFound)
  const path = `/panel/providers/${provider.providerId}`
  return {
    page: {
      slug: 'check',
      title: `Keep a check: ${kind.text.toLowerCase()}`,
      questions: [
        { key: 'outcome', kind: 'choice', label: 'What was found?', short: 'Outcome', required: true, options: checkOutcomes.map(({ value, text }) => ({ value, text })), missing: 'Select what was found' },
        { key: 'checked_on', kind: 'date', label: 'When was it checked?', short: 'Checked', required: true, days: 'any', missing: 'Enter the day of the check' },
        { key: 'next_due', kind: 'date', label: 'When is the next one due?', short: 'Next due', required: true, days: 'any', missing: 'Enter the day of the next check' },
      ],
    },
    caption: provider.name,
    action: `${path}/checks/${kind.value}`,
    back: { href: path, text: provider.name },
    submit: 'Keep it',
    stored: {},
    version: 0n,
    send: async answers => {
      await clients.panel.recordProviderCheck({ providerId: provider.providerId, check: { kind: kind.value, outcome: answers.outcome, checkedOn: answers.checked_on, nextDue: answers.next_due } })
      return { path, flash: `Check kept: ${kind.text.toLowerCase()}.` }
    },
  }
}
