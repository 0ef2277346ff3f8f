import { randomUUID } from 'node:crypto'
import type { Ask } from '../formPages'
import { idOf, loadCase, pupilName } from '../load'

const weekdays = [['mon', 'Monday'], ['tue', 'Tuesday'], ['wed', 'Wednesday'], ['thu', 'Thursday'], ['fri', 'Friday']] as const

// The place is held from now on; the service refuses one that has just been given away.
export const askOffer: Ask = async ({ clients }, request) => {
  const found = await loadCase(clients, request)
  const programmeId = idOf(request, 'programme')
  const path = `/panel/cases/${found.caseId}`
  return {
    page: {
      slug: 'offer',
      title: 'Offer this place',
      questions: [
        { key: 'days', kind: 'choices', label: 'On which days?', short: 'Days', required: true, options: weekdays.map(([value, text]) => ({ value, text })), missing: 'Select the days' },
        { key: 'start_day', kind: 'date', label: 'First day', short: 'First day', required: true, days: 'any', missing: 'Enter the first day' },
        { key: 'planned_end', kind: 'date', label: 'Last day (optional)', short: 'Last day', hint: 'As decided, unless you say otherwise.', required: false, days: 'any', missing: '' },
      ],
    },
    caption: `${found.reference}, ${await pupilName(clients, found.pupilId)}`,
    action: `${path}/places/${programmeId}`,
    back: { href: `${path}/places`, text: 'Places that fit' },
    submit: 'Offer the place',
    stored: { days: weekdays.map(([value]) => value).join(',') },
    version: 0n,
    id: randomUUID(),
    send: async (answers, _version, placementId) => {
      await clients.panel.offerPlacement({ placementId, decisionId: found.decisionId, programmeId, days: (answers.days ?? '').split(','), startDay: answers.start_day, plannedEnd: answers.planned_end })
      return { path, flash: 'Offered: the place is held.' }
    },
  }
}
