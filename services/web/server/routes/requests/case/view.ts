import type { Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import { pageView } from '../../../components/pageView'
import { draftSections, findSection } from '../../../requestForm/definition'
import { answersView } from '../answersView'
import type { CaseHeader } from '../caseHeader'
import { presentFacts } from '../facts'
import type { StepUp } from './panel'
import type { Case } from './presenter'
import { summaryRows } from '../../../components/summary'

export function caseView(header: CaseHeader, found: Case, may: { decide: boolean; allocate: boolean; withdraw: boolean }, stepUp?: StepUp) {
  const base = `/requests/${header.requestId}`
  return {
    ...pageView(header.title, { back: header.back }),
    header,
    overdue: found.overdue,
    said: found.said,
    facts: summaryRows(found.facts),
    summary: summaryRows(found.summary),
    prefilled: summaryRows(found.prefilled),
    prefilledAsOf: found.prefilledAsOf,
    decideHref: may.decide ? `${base}/decide` : undefined,
    allocate: may.allocate ? { href: `${base}/allocate`, text: found.worker ? 'Name another worker' : 'Name the worker who holds it' } : undefined,
    stepUp,
    withdrawHref: may.withdraw ? `${base}/withdraw` : undefined,
  }
}

export function answersPageView(header: CaseHeader, request: EarlyHelpRequest) {
  const answer = findSection('answer')
  const sections = answer ? [answer, ...draftSections] : draftSections
  return {
    ...pageView(`What the school wrote: ${header.title}`, { back: header.back }),
    header,
    sections: answersView(request, sections, false),
    facts: summaryRows(presentFacts(request.facts).facts),
  }
}
