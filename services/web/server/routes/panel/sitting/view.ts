import { SittingState, type Sitting } from '../../../../gen/pathways/panel/v1/service_pb'
import { checkboxes, select, type Option } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { summaryRows, type Labelled } from '../../../components/summary'
import { tag } from '../../../components/tables'
import { longDay } from '../../../text/dates'
import { sittingState } from '../../../text/panel'
import type { LiveRoom } from '../room/live'
import { canChangeAgenda, offeredSteps, type AgendaRow, type MemberRow } from './presenter'

export interface SittingPage {
  sitting: Sitting
  facts: Labelled[]
  agenda: AgendaRow[]
  members: MemberRow[]
  manages: boolean
  // Cases that can be put on.
  waiting: Option[]
  // While the sitting is not over.
  live?: LiveRoom
  readsMinutes: boolean
}

const decided = { no: '', proposed: tag('Written down', 'yellow'), final: tag('Decided', 'green') }

export function sittingView({ sitting, facts, agenda, members, manages, waiting, live, readsMinutes }: SittingPage) {
  const state = sittingState(sitting.state)
  const changes = manages && canChangeAgenda(sitting)
  const open = sitting.state === SittingState.OPEN
  const path = `/panel/sittings/${sitting.sittingId}`
  const there = members.filter(({ attended }) => attended).map(({ personId }) => personId)
  return {
    ...pageView(`${sitting.panelName}, ${longDay(sitting.day)}`, { back: { href: '/panel/sittings', text: 'Sittings' } }),
    path,
    live,
    minutesHref: readsMinutes && (open || sitting.state === SittingState.CLOSED) ? `${path}/minutes` : undefined,
    version: String(sitting.version),
    stateTag: tag(state.text, state.colour),
    facts: summaryRows(facts),
    agenda: agenda.map((row, index) => ({ ...row, decided: decided[row.decided], up: changes && index > 0, down: changes && index < agenda.length - 1, off: changes })),
    quorum: open,
    members: members.map(one => ({ ...one, tag: open || sitting.state === SittingState.CLOSED ? tag(one.attended ? 'There' : 'Not there', one.attended ? 'green' : 'grey') : '' })),
    steps: manages ? offeredSteps(sitting) : [],
    changeable: manages && sitting.state === SittingState.PLANNED,
    add: changes && waiting.length > 0 ? select('case_id', 'Put a case on the agenda', [{ value: '', text: 'Choose a case' }, ...waiting], '') : undefined,
    attendance:
      manages && open
        ? checkboxes({ name: 'person_ids', label: 'Who is there?', hint: 'Quorum is counted for each case, without those from its school or with an interest.' }, members.map(({ personId, name, seat }) => ({ value: personId, text: name, hint: seat })), there)
        : undefined,
  }
}
