import type { Request, RequestHandler } from 'express'
import type { Exclusion } from '../../../../gen/pathways/exclusions/v1/service_pb'
import { can, type Person } from '../../../auth/person'
import { onward } from '../../../components/query'
import { render } from '../../../components/render'
import { peopleById, schoolsByUrn } from '../../../services/names'
import { Gathering } from '../../../services/gather'
import type { Services } from '../../../services'
import { isChangeable } from '../change/form'
import { offeredDecisions } from '../decision/kinds'
import { offeredEnds } from '../end/form'
import { exclusionHeader } from '../header'
import { loadExclusion, loadWithHistory, pupilOf } from '../loadExclusion'
import { originWords } from '../origin'
import { presentTotals } from '../meaning/presenter'
import { presentEntry } from './history'
import { presentDecided, presentDecisions, presentFacts, presentWords } from './presenter'
import { presentPanelCase } from './panel'
import { presentStep } from './steps'
import { clockView, decidedView, historyView } from './view'

// What is due, and how each date was counted.
export function showClock({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const found = await loadExclusion(clients, request)
    const { facts, exclusionId } = found
    const gathering = new Gathering()
    const [clock, { reasons }, { name }, cases] = await Promise.all([
      clients.exclusions.getClock({ exclusionId }),
      clients.exclusions.listReasons({ on: facts?.decidedOn || facts?.startDate }),
      pupilOf(clients, found.pupilId),
      can(person, 'seePanel') ? gathering.get('the panel', () => clients.panel.listCases({ pupilId: found.pupilId, pageSize: 20 })) : undefined,
    ])
    const [people, schools] = await Promise.all([
      peopleById(clients, found.done.map(({ recordedBy }) => recordedBy)),
      schoolsByUrn(clients, [found.urn, ...clock.steps.map(({ calendarUrn }) => calendarUrn)]),
    ])
    const to = can(person, 'keepClock') ? (path: string) => onward(request, path) : undefined
    const page = {
      header: exclusionHeader(found, name, person, 'clock', request),
      facts: presentFacts(found, reasons, schools.get(found.urn) ?? ''),
      steps: clock.steps.map(step => presentStep(step, found, { people, schools }, clock.today, to)),
      notApplicable: clock.notApplicable.map(({ title, rule }) => ({ title, why: rule })),
      totals: presentTotals(found.totals, facts?.halfDays ?? 0),
      panel: cases && presentPanelCase(cases.cases, found, can(person, 'referToPanel')),
    }
    render(response, 'exclusions/exclusion/clock', clockView(page))
  }
}

// What this person may do with it, beside marking steps.
function actions(found: Exclusion, person: Person, request: Request) {
  const to = (rest: string) => onward(request, `/exclusions/${found.exclusionId}/${rest}`)
  const decisions = can(person, 'keepClock') ? offeredDecisions(found).map(({ name, page }) => ({ href: to(`decisions/${name}`), text: page.title })) : []
  if (!can(person, 'recordExclusions')) return { decisions, further: [] }
  const change = isChangeable(found) ? [{ href: to('change'), text: 'Reduce or correct it' }] : []
  return { decisions, further: [...change, ...offeredEnds(found).map(({ name, link }) => ({ href: to(`end/${name}`), text: link }))] }
}

export function showDecided({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const found = await loadExclusion(clients, request)
    const { facts } = found
    const [{ reasons }, { name }, schools, origin] = await Promise.all([
      clients.exclusions.listReasons({ on: facts?.decidedOn || facts?.startDate }),
      pupilOf(clients, found.pupilId),
      schoolsByUrn(clients, [found.urn]),
      clients.trends.getProvenance({ exclusionId: found.exclusionId }),
    ])
    const people = await peopleById(clients, [origin.personId, found.updatedBy])
    const recorded = originWords({ ...origin, by: people.get(origin.personId) })
    const { decisions, further } = actions(found, person, request)
    const page = {
      header: exclusionHeader(found, name, person, 'decided', request),
      facts: [...presentFacts(found, reasons, schools.get(found.urn) ?? ''), ...presentDecided(found, people, recorded)],
      words: presentWords(found),
      hidden: !can(person, 'readWords'),
      decisions: presentDecisions(found),
      actions: decisions,
      further,
    }
    render(response, 'exclusions/exclusion/decided', decidedView(page))
  }
}

export function showHistory({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const person = response.locals.user as Person
    const { exclusion, history } = await loadWithHistory(clients, request)
    const [{ name }, people, schools] = await Promise.all([
      pupilOf(clients, exclusion.pupilId),
      peopleById(clients, history.map(({ personId }) => personId)),
      schoolsByUrn(clients, history.map(({ urn }) => urn)),
    ])
    const items = history.map(entry => presentEntry(entry, people, schools, false))
    render(response, 'exclusions/exclusion/history', historyView(exclusionHeader(exclusion, name, person, 'history', request), items))
  }
}
