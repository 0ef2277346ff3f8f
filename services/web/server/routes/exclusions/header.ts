import type { Request } from 'express'
import { Kind, type Exclusion } from '../../../gen/pathways/exclusions/v1/service_pb'
import { can, type Person } from '../../auth/person'
import { backTo, href } from '../../components/query'
import { tag } from '../../components/tables'
import { exclusionState, kindWords } from '../../text/exclusions'

type Tab = 'clock' | 'decided' | 'letters' | 'history'

// The same on every page of an exclusion.
export interface ExclusionHeader {
  exclusionId: string
  title: string
  reference: string
  stateTag: string
  tabs: { text: string; href: string; active: boolean }[]
  back: { href: string; text: string }
}

function backText(target: string): string {
  if (target.startsWith('/pupils')) return 'Pupil'
  if (target.startsWith('/exclusions/trends')) return 'Cases behind the number'
  return target.startsWith('/exclusions/list') ? 'All exclusions' : 'Exclusions'
}

export function exclusionHeader(exclusion: Exclusion, pupil: string, person: Person, active: Tab, request: Request): ExclusionHeader {
  const back = backTo(request, '/exclusions')
  const from = back === '/exclusions' ? undefined : back
  const path = `/exclusions/${exclusion.exclusionId}`
  const state = exclusionState(exclusion.state)
  const tab = (name: Tab, text: string, target: string) => ({ text, href: href(target, { from }), active: name === active })
  const pupilTab = can(person, 'seePupils') ? [{ text: 'Pupil', href: href(`/pupils/${exclusion.pupilId}`, { from: path }), active: false }] : []
  const accessTab = can(person, 'seeAccessHistory') ? [{ text: 'Access history', href: href(`/pupils/${exclusion.pupilId}/access-history`, { from: path }), active: false }] : []
  return {
    exclusionId: exclusion.exclusionId,
    title: `${kindWords(exclusion.facts?.kind ?? Kind.UNSPECIFIED).text} of ${pupil}`,
    reference: exclusion.reference,
    stateTag: tag(state.text, state.colour),
    tabs: [
      tab('clock', 'What is due', path),
      tab('decided', 'What was decided', `${path}/decided`),
      ...(can(person, 'keepClock') ? [tab('letters', 'Letters', `${path}/letters`)] : []),
      tab('history', 'History', `${path}/history`),
      ...pupilTab,
      ...accessTab,
    ],
    back: { href: back, text: backText(back) },
  }
}
