import type { PanelCase } from '../../../../gen/pathways/panel/v1/service_pb'
import { href } from '../../../components/query'
import { link, tag, text } from '../../../components/tables'
import { askedFor } from '../../../panelForm/options'
import { dayOfInstant } from '../../../text/dates'
import { caseState, named, originName } from '../../../text/panel'
import { isOpen } from '../../panel/load'
import type { PupilHeader } from '../pupilHeader'

// Cases before the panel on the page of a pupil; a new one is offered where none is open.
export function pupilPanelView(pupil: PupilHeader, cases: readonly PanelCase[] | undefined, refer: { caseId: string; urn: number } | undefined) {
  if (!cases) return {}
  return {
    refer: cases.some(isOpen) ? undefined : refer,
    panel: {
      caption: 'Cases before the panel',
      captionClasses: 'govuk-visually-hidden',
      head: ['Case', 'How it came', 'Asked for', 'State', 'Since'].map(text),
      rows: cases.map(one => {
        const state = caseState(one.state)
        return [
          link(href(`/panel/cases/${one.caseId}`, { from: `/pupils/${pupil.pupilId}` }), one.reference),
          text(originName(one.origin)),
          text(one.askedFor ? named(askedFor, one.askedFor) : ''),
          { html: tag(state.text, state.colour) },
          text(dayOfInstant(one.referredAt || one.createdAt)),
        ]
      }),
    },
  }
}
