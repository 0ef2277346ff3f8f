import type { Request as EarlyHelpRequest } from '../../../../gen/pathways/referrals/v1/service_pb'
import type { FieldErrors } from '../../../components/errors'
import { longText, radios, select, type Option } from '../../../components/forms'
import { pageView } from '../../../components/pageView'
import { decisions, noteLimit, type Decided, type DecisionKind } from './form'
import { summaryRows } from '../../../components/summary'

export interface Deciding {
  found: EarlyHelpRequest
  pupil: string
  kind: DecisionKind
  decided: Decided
  version: bigint
}

const nobodyYet: Option = { value: '', text: 'Nobody yet' }

export function chooseView(found: EarlyHelpRequest, pupil: string, errors: FieldErrors) {
  const base = `/requests/${found.requestId}`
  const title = `What do you decide about the request for ${pupil}?`
  return {
    ...pageView(title, { back: { href: base, text: 'Request' }, errors }),
    action: `${base}/decide`,
    reference: found.reference,
    decision: radios({ name: 'decision', label: title, heading: true, errors }, decisions.map(({ option }) => option), ''),
  }
}

export function detailsView({ found, pupil, kind, decided, version }: Deciding, workers: Option[], errors: FieldErrors) {
  const { code, note } = kind
  return {
    ...pageView(kind.title, { back: { href: `/requests/${found.requestId}/decide`, text: 'Other decisions' }, errors }),
    caption: `${found.reference}, ${pupil}`,
    action: `/requests/${found.requestId}/decide/${kind.name}`,
    version: String(version),
    code: code && radios({ name: 'code', label: code.label, errors }, [...code.options], decided.code),
    note: note && longText({ name: 'note', label: note.label, hint: note.hint, errors }, decided.note, noteLimit),
    worker: kind.name === 'accept' ? select('worker', 'Who will hold it?', [nobodyYet, ...workers], decided.workerId, errors) : undefined,
  }
}

export function checkView({ found, pupil, kind, decided, version }: Deciding, workers: Option[]) {
  const rows = [
    { label: 'Request', value: `${found.reference}, ${pupil}` },
    { label: 'Decision', value: kind.option.text },
    ...(kind.code ? [{ label: kind.code.label, value: kind.code.options.find(({ value }) => value === decided.code)?.text ?? '' }] : []),
    ...(kind.note ? [{ label: kind.note.label, value: decided.note }] : []),
    ...(kind.name === 'accept' ? [{ label: 'Who will hold it', value: [nobodyYet, ...workers].find(({ value }) => value === decided.workerId)?.text ?? '' }] : []),
  ]
  return {
    ...pageView('Check your decision'),
    action: `/requests/${found.requestId}/decide/${kind.name}`,
    rows: summaryRows(rows),
    fields: { version: String(version), note: decided.note, code: decided.code, worker: decided.workerId },
    confirm: kind.title,
  }
}
