import type { RequestHandler } from 'express'
import { can, type Person } from '../../../../auth/person'
import { fileDeadlineMs } from '../../../../clients/clients'
import type { FieldErrors } from '../../../../components/errors'
import { readQuery } from '../../../../components/query'
import { render } from '../../../../components/render'
import type { Services } from '../../../../services'
import { isDay, today } from '../../../../text/dates'
import { presentFairness } from './presenter'
import { fairnessView } from './view'

const parameters = ['on', 'weights', 'la'] as const

// Whom the weights pick out, against who there is and what came after.
export function showFairness({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const query = readQuery(request, parameters)
    const asked = query.on ?? ''
    const good = asked === '' || (isDay(asked) && asked <= today(now()))
    const laCode = person.laCodes.find(code => String(code) === query.la) ?? person.laCodes[0] ?? 0
    const mayDraft = can(person, 'setRiskWeights') && (await clients.risk.getRiskWeights({ laCode })).draft !== undefined
    const draft = mayDraft && query.weights === 'draft'
    const found = await clients.risk.getRiskFairness({ laCode, on: good ? asked : '', draft }, { timeoutMs: fileDeadlineMs })
    const errors: FieldErrors = good ? {} : { on: 'Enter a real day that is not in the future' }
    render(response, 'exclusions/risk/fairness/page', fairnessView({ fairness: presentFairness(found), person, query, draft, mayDraft, errors }))
  }
}
