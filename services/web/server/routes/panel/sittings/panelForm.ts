import { randomUUID } from 'node:crypto'
import type { Person } from '../../../auth/person'
import type { FieldErrors } from '../../../components/errors'
import type { Answers, FormPage } from '../../../requestForm/types'
import { phases } from '../../../text/panel'
import type { Ask } from '../formPages'

const mostCases = 60

const page: FormPage = {
  slug: 'panel',
  title: 'Set up a panel',
  questions: [
    { key: 'phase', kind: 'choice', label: 'For which schools?', short: 'Schools', required: true, options: phases, missing: 'Select primary or secondary' },
    { key: 'name', kind: 'line', label: 'What is it called?', short: 'Name', hint: 'For example, Secondary panel', required: true, limit: 100, missing: 'Enter what it is called' },
    { key: 'usual_capacity', kind: 'line', label: 'How many cases does a sitting take?', short: 'Cases', required: true, limit: 2, missing: `Enter a number from 1 to ${mostCases}` },
  ],
}

export function checkCapacity(key: string, said: string): FieldErrors {
  const capacity = Number(said)
  return Number.isInteger(capacity) && capacity >= 1 && capacity <= mostCases ? {} : { [key]: `Enter a number from 1 to ${mostCases}` }
}

export function panelFrom(answers: Answers, person: Pick<Person, 'laCodes'>, panelId: string) {
  return {
    panelId,
    laCode: person.laCodes[0] ?? 0,
    name: answers.name ?? '',
    phase: phases.find(({ value }) => value === answers.phase)?.phase,
    usualCapacity: Number(answers.usual_capacity),
  }
}

export const askPanel: Ask = (services, _request, person) =>
  Promise.resolve({
    page,
    caption: 'Securing Education Panel',
    action: '/panel/panels/new',
    back: { href: '/panel/sittings', text: 'Sittings' },
    submit: 'Set it up',
    stored: {},
    version: 0n,
    id: randomUUID(),
    check: answers => checkCapacity('usual_capacity', answers.usual_capacity ?? ''),
    send: async (answers, _version, id) => {
      await services.clients.panel.savePanel({ panel: panelFrom(answers, person, id) })
      return { path: '/panel/sittings', flash: 'The panel is set up. You can plan its sittings now.' }
    },
  })
