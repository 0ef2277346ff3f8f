import { randomUUID } from 'node:crypto'
import type { Exclusion } from '../../../../gen/pathways/exclusions/v1/service_pb'
import type { PanelCase } from '../../../../gen/pathways/panel/v1/service_pb'
import { href } from '../../../components/query'
import { caseState } from '../../../text/panel'
import { isOpen } from '../../panel/load'

export interface PanelLink {
  // The case this exclusion opened, or the one that is open for the pupil.
  open?: { href: string; text: string }
  // What a new case is made of, where there is none.
  refer?: { caseId: string; pupilId: string; urn: number }
}

export function presentPanelCase(cases: readonly PanelCase[], { exclusionId, pupilId, urn }: Exclusion, mayRefer: boolean): PanelLink {
  const found = cases.find(one => one.exclusionId === exclusionId) ?? cases.find(isOpen)
  if (found) {
    const text = `Panel case ${found.reference}: ${caseState(found.state).text.toLowerCase()}`
    return { open: { href: href(`/panel/cases/${found.caseId}`, { from: `/exclusions/${exclusionId}` }), text } }
  }
  return mayRefer ? { refer: { caseId: randomUUID(), pupilId, urn } } : {}
}
