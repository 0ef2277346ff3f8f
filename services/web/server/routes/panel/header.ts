import type { Request } from 'express'
import type { PanelCase } from '../../../gen/pathways/panel/v1/service_pb'
import { can, type Person } from '../../auth/person'
import { backTo, href } from '../../components/query'
import { tag } from '../../components/tables'
import { caseState } from '../../text/panel'

type Tab = 'overview' | 'written' | 'files' | 'history'

// The same on every page of a case.
export interface CaseHeader {
  caseId: string
  title: string
  reference: string
  stateTag: string
  tabs: { text: string; href: string; active: boolean }[]
  back: { href: string; text: string }
}

function backText(target: string): string {
  if (target.startsWith('/panel/sittings')) return 'Sitting'
  if (target.startsWith('/pupils')) return 'Pupil'
  return target.startsWith('/exclusions') ? 'Exclusion' : 'Cases of the panel'
}

export function caseHeader(found: PanelCase, pupil: string, person: Person, active: Tab, request: Request): CaseHeader {
  const back = backTo(request, '/panel/cases')
  const from = back === '/panel/cases' ? undefined : back
  const path = `/panel/cases/${found.caseId}`
  const state = caseState(found.state)
  const tab = (name: Tab, text: string, target: string) => ({ text, href: href(target, { from }), active: name === active })
  const pupilTab = can(person, 'seePupils') ? [{ text: 'Pupil', href: href(`/pupils/${found.pupilId}`, { from: path }), active: false }] : []
  return {
    caseId: found.caseId,
    title: `Panel case of ${pupil}`,
    reference: found.reference,
    stateTag: tag(state.text, state.colour),
    tabs: [tab('overview', 'Overview', path), tab('written', 'What is written', `${path}/written`), tab('files', 'Files', `${path}/files`), tab('history', 'History', `${path}/history`), ...pupilTab],
    back: { href: back, text: backText(back) },
  }
}
