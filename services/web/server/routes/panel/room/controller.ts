import { Code, ConnectError } from '@connectrpc/connect'
import type { RequestHandler } from 'express'
import { DecisionState, SittingState } from '../../../../gen/pathways/panel/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { pageView } from '../../../components/pageView'
import { field } from '../../../components/query'
import { render, seeOther } from '../../../components/render'
import { summaryRows } from '../../../components/summary'
import { readVersion } from '../../../components/version'
import { peopleById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { dateTime, today } from '../../../text/dates'
import { listed } from '../../../text/figures'
import { decisionKinds, votes } from '../../../text/panel'
import { presentFile } from '../files/presenter'
import { presentCaseFacts, presentDecision, presentPrefilled } from '../case/presenter'
import { idOf, loadCase, pupilName } from '../load'
import { sectionRows } from '../referral/rows'
import { fetchSitting } from '../sitting/load'
import { proposedIn } from './decision'
import { readLiveRoom } from './live'
import { interestWords, voteWords } from './records'

// One case in one sitting: who may decide, what was decided, and what this person can do.
export function showRoom({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const [sitting, found] = await Promise.all([fetchSitting(clients, idOf(request, 'sitting')), loadCase(clients, request)])
    const item = sitting.agenda.find(({ panelCase }) => panelCase?.caseId === found.caseId)
    if (!item) throw new ConnectError('not on this agenda', Code.NotFound)
    const open = sitting.state === SittingState.OPEN
    const live = open ? await readLiveRoom(clients, sitting.sittingId) : undefined
    const { decisions } = await clients.panel.listDecisions({ caseId: found.caseId })
    const [pupil, people, schools] = await Promise.all([
      pupilName(clients, found.pupilId),
      peopleById(clients, [found.createdBy, found.updatedBy, ...item.interestedPersonIds, ...sitting.members.map(({ personId }) => personId), ...[...(live?.room.votes ?? []), ...(live?.room.interests ?? [])].map(({ writtenBy }) => writtenBy), ...decisions.flatMap(one => [one.signedOffBy, ...one.votes.map(({ personId }) => personId)])]),
      schoolsByUrn(clients, [found.urn, ...decisions.map(({ terms }) => terms?.receivingUrn ?? 0)]),
    ])
    const proposed = proposedIn(decisions, sitting.sittingId)
    const path = `/panel/sittings/${sitting.sittingId}/cases/${found.caseId}`
    render(response, 'panel/room/page', {
      ...pageView(`${pupil} in this sitting`, { back: { href: `/panel/sittings/${sitting.sittingId}`, text: 'Sitting' } }),
      ...{
        path,
        caption: `${found.reference}, ${sitting.panelName}`,
        facts: summaryRows(presentCaseFacts(found, { people, schools }, today(now()))),
        caseHref: `/panel/cases/${found.caseId}?from=${encodeURIComponent(path)}`,
        sealed: item.sealed,
        quorum: open ? (item.quorum?.met ? 'Quorum is met for this case.' : `There is no quorum for this case: ${listed(item.quorum?.lacking ?? [])} missing.`) : '',
        live,
        interested: item.interestedPersonIds.map(id => interestWords(id, live?.room.interests.find(one => one.caseId === found.caseId && one.personId === id), people)),
        votes: live?.room.votes.filter(one => one.decisionId === proposed?.decisionId).map(one => voteWords(one, people)) ?? [],
        takesDown: open && can(person, 'managePanel') ? { votes: proposed !== undefined, path } : undefined,
        decisions: decisions.map(one => presentDecision(one, { people, schools })).map(one => ({ ...one, facts: summaryRows(one.facts) })),
        kinds: open && can(person, 'managePanel') ? decisionKinds.map(({ value, text }) => ({ href: `${path}/decision/${value}`, text })) : [],
        vote: open && proposed && can(person, 'sitOnPanel') && sitting.members.some(({ personId }) => personId === person.id) ? { decisionId: proposed.decisionId, votes } : undefined,
        signOff: proposed && can(person, 'signOffDecisions') ? { decisionId: proposed.decisionId, version: String(proposed.version) } : undefined,
        mayDeclare: can(person, 'sitOnPanel') && decisions.every(({ state }) => state !== DecisionState.FINAL),
      },
    })
  }
}

// What the member read then; that it was opened is kept.
export function showPack({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const sittingId = idOf(request, 'sitting')
    const found = await loadCase(clients, request)
    const { pack } = await clients.panel.getPack({ sittingId, caseId: found.caseId })
    if (!pack) throw new ConnectError('no such pack', Code.NotFound)
    const [pupil, people] = await Promise.all([pupilName(clients, found.pupilId), peopleById(clients, [pack.sealedBy, ...pack.attachments.map(({ addedBy }) => addedBy)])])
    render(response, 'panel/room/pack', {
      ...pageView(`Pack: ${pupil}`, { back: { href: `/panel/sittings/${sittingId}/cases/${found.caseId}`, text: 'Case in this sitting' } }),
      ...{
        caption: found.reference,
        sealed: `Sealed ${dateTime(pack.sealedAt)}, by ${people.get(pack.sealedBy) ?? 'a colleague'}`,
        digest: pack.digest,
        intact: pack.intact,
        sections: sectionRows({ caseId: found.caseId, phase: found.phase, sections: pack.sections }, false),
        facts: summaryRows(presentPrefilled(pack.facts)),
        files: pack.attachments.map(one => presentFile({ ...one, readable: true, inPack: true }, people, false)),
      },
    })
  }
}

export function castVote({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const choice = votes.find(({ value }) => value === field(request.body, 'choice'))?.choice
    await clients.panel.castVote({ decisionId: field(request.body, 'decision_id'), choice })
    request.session.flash = 'Your vote is kept.'
    await seeOther(response, `/panel/sittings/${idOf(request, 'sitting')}/cases/${idOf(request, 'case')}`)
  }
}

export function signOff({ clients }: Services): RequestHandler {
  return async (request, response) => {
    await clients.panel.signOffDecision({ decisionId: field(request.body, 'decision_id'), version: readVersion(request.body) })
    request.session.flash = 'Signed off: the decision is final.'
    await seeOther(response, `/panel/sittings/${idOf(request, 'sitting')}/cases/${idOf(request, 'case')}`)
  }
}

export function declareInterest({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const sittingId = idOf(request, 'sitting')
    await clients.panel.declareInterest({ sittingId, caseId: idOf(request, 'case') })
    request.session.flash = 'Your interest is kept. The case is hidden from you from now on.'
    await seeOther(response, `/panel/sittings/${sittingId}`)
  }
}
