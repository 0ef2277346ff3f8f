import type { Response } from 'express'
import type { Exclusion } from '../../../gen/pathways/exclusions/v1/service_pb'
import type { Clients } from '../../clients/clients'
import { isConflict, isCorrectable, violationsOf } from '../../clients/problems'
import type { FieldErrors } from '../../components/errors'
import type { FormPage } from '../../requestForm/types'
import { renderConflict, type Conflict } from '../../services/conflict'
import { exclusionState } from '../../text/exclusions'
import { fetchExclusion } from './loadExclusion'

// One change of an exclusion: what to send, how to show the form again, and what to say when a colleague was first.
export interface Change {
  exclusionId: string
  send: () => Promise<unknown>
  again: (errors: FieldErrors) => unknown
  // The name in the form of a field in the service's words. What is not asked there is said at the first question.
  fieldOf: (path: string) => string
  page: FormPage
  // What differs from what a colleague saved. Where answers alone are sent, no difference means that there is nothing to
  // choose: the same page was sent twice.
  answersOnly?: boolean
  versions: (now: Exclusion) => Pick<Conflict, 'versions' | 'again'> | Promise<Pick<Conflict, 'versions' | 'again'>>
}

// True when it was saved; otherwise the answer has gone out.
export async function saved(response: Response, clients: Clients, { exclusionId, send, again, fieldOf, page, answersOnly, versions }: Change): Promise<boolean> {
  try {
    await send()
    return true
  } catch (error) {
    if (isConflict(error)) {
      const { exclusion: now } = await fetchExclusion(clients, exclusionId)
      const { updatedBy, updatedAt } = now
      const differing = await versions(now)
      if (answersOnly && differing.versions.length === 0) return true
      const keep = { href: `/exclusions/${exclusionId}`, text: 'See the exclusion as it is now' }
      await renderConflict(response, clients, { what: 'exclusion', state: exclusionState(now.state).text, updatedBy, updatedAt, keep, ...differing })
      return false
    }
    const asked = (name: string) => (page.questions.some(({ key }) => key === name) || name === 'note' ? name : (page.questions[0]?.key ?? name))
    const said = violationsOf(error).map(({ field, description }) => [asked(fieldOf(field)), description] as const)
    if (!isCorrectable(error) || said.length === 0) throw error
    await again(Object.fromEntries(said))
    return false
  }
}
