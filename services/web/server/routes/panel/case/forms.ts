import { randomUUID } from 'node:crypto'
import { CaseEnd, CaseState } from '../../../../gen/pathways/panel/v1/service_pb'
import { checkReason } from '../../../components/reason'
import type { FormPage } from '../../../requestForm/types'
import { agencies, caseEnds, caseState } from '../../../text/panel'
import type { Ask } from '../formPages'
import { loadCase, pupilName } from '../load'

const longest = 2000

// An action of a case: what, who, by when.
export const askAction: Ask = async ({ clients }, request) => {
  const found = await loadCase(clients, request)
  const path = `/panel/cases/${found.caseId}`
  const page: FormPage = {
    slug: 'action',
    title: 'Add an action',
    questions: [
      { key: 'what', kind: 'text', label: 'What is to be done?', short: 'Action', required: true, limit: 500, missing: 'Enter what is to be done' },
      { key: 'owner_agency', kind: 'choice', label: 'Who owes it?', short: 'Owner', required: true, options: agencies, missing: 'Select who owes it' },
      { key: 'due', kind: 'date', label: 'By which day?', short: 'By', required: true, days: 'any', missing: 'Enter the day by which it is to be done' },
    ],
  }
  return {
    page,
    caption: `${found.reference}, ${await pupilName(clients, found.pupilId)}`,
    action: `${path}/actions/new`,
    back: { href: path, text: 'Panel case' },
    submit: 'Add the action',
    stored: {},
    version: 0n,
    id: randomUUID(),
    send: async (answers, _version, actionId) => {
      await clients.panel.addAction({ actionId, caseId: found.caseId, sittingId: found.sittingId, what: answers.what, ownerAgency: answers.owner_agency, due: answers.due })
      return { path, flash: 'Action added.' }
    },
  }
}

// Who referred it takes it back; the authority closes it.
export const askEnd: Ask = async ({ clients }, request) => {
  const found = await loadCase(clients, request)
  const path = `/panel/cases/${found.caseId}`
  const decided = found.state === CaseState.DECIDED
  const options = caseEnds.filter(({ end }) => (end === CaseEnd.WITHDRAWN ? !decided : end === CaseEnd.COMPLETED ? decided : found.state !== CaseState.DRAFT))
  const page: FormPage = {
    slug: 'end',
    title: 'End this case',
    questions: [
      { key: 'end', kind: 'choice', label: 'How does it end?', short: 'How', required: true, options, missing: 'Select how it ends' },
      { key: 'reason', kind: 'text', label: 'Why?', short: 'Why', required: true, limit: longest, missing: 'Enter why' },
    ],
  }
  return {
    page,
    caption: `${found.reference}, ${await pupilName(clients, found.pupilId)}`,
    action: `${path}/end`,
    back: { href: path, text: 'Panel case' },
    submit: 'End the case',
    stored: {},
    version: found.version,
    last: { what: 'case', updatedBy: found.updatedBy, updatedAt: found.updatedAt, state: caseState(found.state).text },
    check: answers => checkReason('reason', answers.reason ?? '', longest, 'Enter why'),
    send: async (answers, version) => {
      const end = caseEnds.find(({ value }) => value === answers.end)?.end
      await clients.panel.endCase({ caseId: found.caseId, version, end, reason: answers.reason })
      return { path, flash: 'The case is ended.' }
    },
  }
}
