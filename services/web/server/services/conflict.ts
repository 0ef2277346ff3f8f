import type { Response } from 'express'
import type { Clients } from '../clients/clients'
import { pageView } from '../components/pageView'
import { render } from '../components/render'
import { dateTime } from '../text/dates'
import { peopleById } from './names'

export interface Versions {
  question: string
  yours: string
  theirs: string
}

export interface Conflict {
  // Such as "request": what was changed.
  what: string
  // Where it stands now, in words; may be empty.
  state: string
  updatedBy: string
  updatedAt: string
  versions: Versions[]
  // How to send one's own again on top of the newer version; absent when it can no longer be done.
  again?: { action: string; fields: [string, string][]; text: string }
  keep: { href: string; text: string }
}

// "Someone else changed this": who, when, and both texts. Nothing of either is lost.
export async function renderConflict(response: Response, clients: Clients, conflict: Conflict): Promise<void> {
  const { updatedBy, updatedAt } = conflict
  const who = (await peopleById(clients, [updatedBy])).get(updatedBy) ?? 'A colleague'
  const view = { ...pageView(`Someone else changed this ${conflict.what}`, { back: conflict.keep }), who, when: dateTime(updatedAt), ...conflict }
  render(response, 'conflict', view, 409)
}
