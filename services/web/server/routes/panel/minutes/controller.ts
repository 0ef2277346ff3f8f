import { Code, ConnectError } from '@connectrpc/connect'
import type { Request, RequestHandler } from 'express'
import type { Minutes } from '../../../../gen/pathways/panel/v1/minutes_pb'
import type { Clients } from '../../../clients/clients'
import { pageView } from '../../../components/pageView'
import { render, seeOther } from '../../../components/render'
import { readVersion } from '../../../components/version'
import { peopleById, pupilsById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { fullName } from '../../../text/words'
import type { Ask } from '../formPages'
import { idOf } from '../load'
import { minutesTitle, presentPart, standing, type MinutesNames } from './presenter'

const longest = 8000

async function loadMinutes(clients: Clients, request: Request): Promise<Minutes> {
  const { minutes } = await clients.minutes.getMinutes({ sittingId: idOf(request, 'sitting') })
  if (!minutes) throw new ConnectError('no such minutes', Code.NotFound)
  return minutes
}

async function namesIn(clients: Clients, { items, signedBy, updatedBy }: Minutes): Promise<MinutesNames> {
  const members = items.flatMap(item => item.members)
  const [pupils, people, schools] = await Promise.all([
    pupilsById(clients, items.map(({ pupilId }) => pupilId)),
    peopleById(clients, [signedBy, updatedBy, ...members.map(({ personId }) => personId), ...items.flatMap(item => [...item.interestedPersonIds, ...item.votes.map(({ personId }) => personId)])]),
    schoolsByUrn(clients, [...items, ...members].map(({ urn }) => urn)),
  ])
  return { pupils: new Map([...pupils].map(([id, name]) => [id, fullName(name)])), people, schools }
}

export function showMinutes({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const minutes = await loadMinutes(clients, request)
    const names = await namesIn(clients, minutes)
    const path = `/panel/sittings/${minutes.sittingId}`
    render(response, 'panel/minutes/page', {
      ...pageView(minutesTitle(minutes), { back: { href: path, text: 'Sitting' } }),
      ...{
        path: `${path}/minutes`,
        standing: standing(minutes, names.people),
        digest: minutes.digest,
        editable: minutes.editable,
        signable: minutes.signable,
        version: String(minutes.version),
        parts: minutes.items.map(item => presentPart(item, names)),
      },
    })
  }
}

export const askMinutesItem: Ask = async ({ clients }, request) => {
  const minutes = await loadMinutes(clients, request)
  const item = minutes.items.find(one => one.item === request.params.item)
  if (!item) throw new ConnectError('no such part', Code.NotFound)
  const { title } = presentPart(item, await namesIn(clients, minutes))
  const path = `/panel/sittings/${minutes.sittingId}/minutes`
  return {
    page: { slug: 'minutes', title: `Words of the minutes: ${title}`, questions: [{ key: 'words', kind: 'text', label: `Words of the minutes: ${title}`, short: 'Words', required: false, limit: longest, missing: '' }] },
    caption: item.reference,
    action: `${path}/${item.item}`,
    back: { href: path, text: 'Minutes' },
    submit: 'Save the words',
    intro: 'Leave it empty to go back to what Pathways drafts. Decisions, votes and actions themselves are changed in the sitting, not here.',
    stored: { words: item.words },
    version: minutes.version,
    last: { what: 'minutes', updatedBy: minutes.updatedBy, updatedAt: minutes.updatedAt, state: '' },
    send: async (answers, version) => {
      await clients.minutes.saveMinutesItem({ sittingId: minutes.sittingId, version, item: item.item, words: answers.words ?? '' })
      return { path, flash: 'Words saved.' }
    },
  }
}

export function signMinutes({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const sittingId = idOf(request, 'sitting')
    await clients.minutes.signMinutes({ sittingId, version: readVersion(request.body) })
    request.session.flash = 'Signed: the minutes are kept as they stand.'
    await seeOther(response, `/panel/sittings/${sittingId}/minutes`)
  }
}
