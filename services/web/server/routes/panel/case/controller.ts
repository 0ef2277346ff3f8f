import type { RequestHandler } from 'express'
import { CaseState, type PanelCase } from '../../../../gen/pathways/panel/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { render, seeOther } from '../../../components/render'
import { missingInWords } from '../../../panelForm/definition'
import { Gathering } from '../../../services/gather'
import { peopleById, schoolsByUrn } from '../../../services/names'
import type { Services } from '../../../services'
import { today } from '../../../text/dates'
import { listed } from '../../../text/figures'
import { caseHeader } from '../header'
import { isOpen, isWritable, loadCase, pupilName } from '../load'
import { sectionRows } from '../referral/rows'
import { loadFairAccess, presentFairAccess } from './fairAccess'
import { presentPanelEntry } from './history'
import { presentAction, presentCaseFacts, presentDecision, presentPlacementRow, presentPrefilled } from './presenter'
import { caseView, historyView, writtenView } from './view'

function further(found: PanelCase, person: Person) {
  const path = `/panel/cases/${found.caseId}`
  const open = isOpen(found)
  const link = (shown: boolean, href: string, text: string) => (shown ? [{ href, text }] : [])
  return [
    ...link(isWritable(found, person), `${path}/draft`, found.complete ? 'Change what is written' : 'Write what is missing'),
    ...link(found.sittingId !== '' && can(person, 'seeSittings'), `/panel/sittings/${found.sittingId}`, 'Open the sitting'),
    ...link(found.exclusionId !== '' && can(person, 'seeExclusions'), `/exclusions/${found.exclusionId}`, 'Open the exclusion'),
    ...link(found.requestId !== '' && can(person, 'seeRequests'), `/requests/${found.requestId}`, 'Open the Early Help request'),
    ...link(found.state === CaseState.DECIDED && can(person, 'offerPlaces'), `${path}/places`, 'Find a place'),
    ...link(open && (can(person, 'offerPlaces') || can(person, 'managePanel')), `${path}/actions/new`, 'Add an action'),
    ...link(open && can(person, 'referToPanel'), `${path}/end`, found.state === CaseState.DRAFT ? 'Withdraw it' : 'Withdraw or close the case'),
  ]
}

export function showCase({ clients, now }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const found = await loadCase(clients, request)
    const { caseId } = found
    const gathering = new Gathering()
    const [pupil, decisions, actions, placements] = await Promise.all([
      pupilName(clients, found.pupilId),
      clients.panel.listDecisions({ caseId }),
      clients.panel.listActions({ caseId, pageSize: 200 }),
      gathering.get('placements', () => clients.panel.listPlacements({ caseId, pageSize: 200 })),
    ])
    const [people, schools] = await Promise.all([
      peopleById(clients, [found.createdBy, found.updatedBy, ...decisions.decisions.map(one => one.signedOffBy), ...actions.actions.map(one => one.ownerPersonId)]),
      schoolsByUrn(clients, [found.urn, ...decisions.decisions.map(({ terms }) => terms?.receivingUrn ?? 0), ...(placements?.placements ?? []).map(one => one.receivingUrn)]),
    ])
    const day = today(now())
    const limit = await loadFairAccess(clients, found, decisions.decisions, gathering)
    const view = caseView({
      header: caseHeader(found, pupil, person, 'overview', request),
      facts: presentCaseFacts(found, { people, schools }, day),
      missing: found.missing.map(missingInWords),
      complete: found.complete,
      decisions: decisions.decisions.map(one => presentDecision(one, { people, schools })),
      placements: (placements?.placements ?? []).map(one => presentPlacementRow(one, schools)),
      actions: actions.actions.map(one => presentAction(one, people, day)),
      further: further(found, person),
      mayComplete: !person.roles.includes('manager'),
      fairAccess: limit && presentFairAccess(limit, day),
      notLoaded: listed(gathering.missing),
    })
    render(response, 'panel/case/page', view)
  }
}

export function showWritten({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const found = await loadCase(clients, request)
    const header = caseHeader(found, await pupilName(clients, found.pupilId), person, 'written', request)
    const hidden = found.sections.length === 0 && found.state !== CaseState.DRAFT
    render(response, 'panel/case/written', writtenView({ header, sections: hidden ? [] : sectionRows(found, isWritable(found, person)), facts: presentPrefilled(found.facts), hidden }))
  }
}

export function showCaseHistory({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const found = await loadCase(clients, request)
    const { entries } = await clients.panel.listTimeline({ pupilId: found.pupilId, pageSize: 200 })
    const own = entries.filter(({ caseId }) => caseId === found.caseId)
    const [pupil, people, schools] = await Promise.all([
      pupilName(clients, found.pupilId),
      peopleById(clients, own.map(({ personId }) => personId)),
      schoolsByUrn(clients, own.map(({ urn }) => urn)),
    ])
    render(response, 'panel/case/history', historyView(caseHeader(found, pupil, person, 'history', request), own.map(entry => presentPanelEntry(entry, people, schools, false))))
  }
}

export function completeAction({ clients }: Services): RequestHandler {
  return async (request, response) => {
    await clients.panel.completeAction({ actionId: String(request.params.action) })
    request.session.flash = 'Action: done.'
    await seeOther(response, `/panel/cases/${String(request.params.case)}`)
  }
}
