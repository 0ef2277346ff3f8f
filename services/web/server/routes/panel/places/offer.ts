import { randomUUID } from 'node:crypto'
import type { Question } from '../../../requestForm/types'
import { weekdays } from '../../../text/providers'
import type { Ask } from '../formPages'
import { idOf, loadCase, pupilName } from '../load'

// A school takes the pupil for the whole week.
const onDays: Question = { key: 'days', kind: 'choices', label: 'On which days?', short: 'Days', required: true, options: weekdays, missing: 'Select the days' }

// The place is held from now on; the service refuses one that has just been given away.
export const askOffer: Ask = async ({ clients }, request) => {
  const found = await loadCase(clients, request)
  const programmeId = idOf(request, 'programme')
  const toSchool = programmeId === 'school'
  const path = `/panel/cases/${found.caseId}`
  return {
    page: {
      slug: 'offer',
      title: 'Offer this place',
      questions: [
        ...(toSchool ? [] : [onDays]),
        { key: 'start_day', kind: 'date', label: 'First day', short: 'First day', required: true, days: 'any', missing: 'Enter the first day' },
        { key: 'planned_end', kind: 'date', label: 'Last day (optional)', short: 'Last day', hint: 'As decided, unless you say otherwise.', required: false, days: 'any', missing: '' },
        { key: 'message', kind: 'text', label: 'What do they need to know? (optional)', short: 'What they need to know', hint: 'They see this and the pupil’s name, not the case. Write what they need to decide and to keep the pupil safe, and no more.', required: false, limit: 4000, missing: '' },
      ],
    },
    caption: `${found.reference}, ${await pupilName(clients, found.pupilId)}`,
    action: `${path}/places/${programmeId}`,
    back: { href: `${path}/places`, text: 'Places that fit' },
    submit: 'Offer the place',
    stored: { days: weekdays.map(({ value }) => value).join(',') },
    version: 0n,
    id: randomUUID(),
    send: async (answers, _version, placementId) => {
      await clients.panel.offerPlacement({
        placementId, decisionId: found.decisionId, programmeId: toSchool ? '' : programmeId, days: (answers.days ?? '').split(',').filter(Boolean),
        startDay: answers.start_day, plannedEnd: answers.planned_end, message: answers.message,
      })
      return { path, flash: 'Offered: the place is held.' }
    },
  }
}
