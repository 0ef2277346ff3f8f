import { Code, ConnectError } from '@connectrpc/connect'
import type { Request } from 'express'
import { Kind, type Draft, type Exclusion, type GetExclusionResponse } from '../../../gen/pathways/exclusions/v1/service_pb'
import type { Clients } from '../../clients/clients'
import { pupilsById } from '../../services/names'
import { fullName } from '../../text/words'

function idOf(request: Request, name: 'exclusion' | 'draft'): string {
  const id = request.params[name]
  if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) throw new ConnectError('no such exclusion', Code.NotFound)
  return id
}

export async function fetchExclusion(clients: Clients, exclusionId: string): Promise<GetExclusionResponse & { exclusion: Exclusion }> {
  const answer = await clients.exclusions.getExclusion({ exclusionId })
  if (!answer.exclusion) throw new ConnectError('no such exclusion', Code.NotFound)
  return answer as GetExclusionResponse & { exclusion: Exclusion }
}

export async function loadExclusion(clients: Clients, request: Request): Promise<Exclusion> {
  return (await fetchExclusion(clients, idOf(request, 'exclusion'))).exclusion
}

export async function loadWithHistory(clients: Clients, request: Request) {
  return fetchExclusion(clients, idOf(request, 'exclusion'))
}

export async function fetchDraft(clients: Clients, draftId: string): Promise<Draft> {
  const { draft } = await clients.exclusions.getDraft({ draftId })
  if (!draft) throw new ConnectError('no such draft', Code.NotFound)
  return draft
}

export function loadDraft(clients: Clients, request: Request): Promise<Draft> {
  return fetchDraft(clients, idOf(request, 'draft'))
}

export interface PupilThen {
  name: string
  // Now, for the questions that only a year group is asked.
  year: string
}

export async function pupilOf(clients: Clients, pupilId: string): Promise<PupilThen> {
  const pupil = (await pupilsById(clients, [pupilId])).get(pupilId)
  return { name: pupil ? fullName(pupil) : 'A pupil you cannot see', year: pupil?.yearGroup ?? '' }
}

export function isPermanent({ facts }: Pick<Exclusion, 'facts'>): boolean {
  return facts?.kind === Kind.PERMANENT
}
