import type { RequestHandler } from 'express'
import { pageView } from '../../../components/pageView'
import { render, seeOther } from '../../../components/render'
import { shutterOf, type Shutter } from '../../../requestForm/answers'
import type { Services } from '../../../services'
import { loadWritable, pupilName } from '../loadRequest'

const titles: Record<Shutter, string> = {
  'not-asked': 'Ask the family before you go on',
  'not-agreed': 'You cannot send this request without the family’s agreement',
  danger: 'Stop: tell the safeguarding front door now',
}

// The page that shuts the way on, and says what can be done instead.
export function showStop({ clients }: Services): RequestHandler {
  return async (request, response) => {
    const draft = await loadWritable(clients, request)
    const stop = shutterOf(draft)
    if (!stop) return seeOther(response, `/requests/${draft.requestId}`)
    const pupil = await pupilName(clients, draft.pupilId)
    const section = stop === 'danger' ? 'risk/danger' : 'consent/asked'
    const back = { href: `/requests/${draft.requestId}/sections/${section}`, text: 'Back' }
    render(response, 'requests/stop/page', { ...pageView(titles[stop], { back }), ...{ stop, pupil, requestId: draft.requestId } })
  }
}
