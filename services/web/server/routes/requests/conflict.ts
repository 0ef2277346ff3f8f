import type { Response } from 'express'
import type { Request as EarlyHelpRequest } from '../../../gen/pathways/referrals/v1/service_pb'
import type { Clients } from '../../clients/clients'
import { pageView } from '../../components/pageView'
import { render } from '../../components/render'
import { peopleById } from '../../services/names'
import { dateTime } from '../../text/dates'
import { requestState } from '../../text/requests'

export interface Versions {
  question: string
  yours: string
  theirs: string
}

export interface Conflict {
  now: EarlyHelpRequest
  versions: Versions[]
  // How to send one's own again on top of the newer version; absent when it can no longer be done.
  again?: { action: string; fields: [string, string][]; text: string }
  keep: { href: string; text: string }
}

// "Someone else changed this": who, when, and both texts. Nothing of either is lost.
export async function renderConflict(response: Response, clients: Clients, conflict: Conflict): Promise<void> {
  const { now } = conflict
  const who = (await peopleById(clients, [now.updatedBy])).get(now.updatedBy) ?? 'A colleague'
  const view = {
    ...pageView('Someone else changed this request', { back: conflict.keep }),
    who,
    when: dateTime(now.updatedAt),
    state: requestState(now.state).text,
    ...conflict,
  }
  render(response, 'requests/conflict', view, 409)
}
