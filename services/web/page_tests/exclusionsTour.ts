import { create } from '@bufbuild/protobuf'
import { DecisionsSchema, ExclusionState, Kind, Session, StepDoneSchema } from '../gen/pathways/exclusions/v1/service_pb'
import { LetterWordsSchema } from '../gen/pathways/exclusions/v1/letters_pb'
import { addDraft, addExclusion, tell } from './stub/exclusionRecords'
import { addLetter } from './stub/letters'
import { furnishRisk } from './stub/risk'
import type { World } from './stub/world'
import type { Stop } from './tour'

// Exclusions of every kind and state, and the pages about them by role.

const evidence = 'Hit another pupil in the corridor after lunch; two members of staff saw it. The head teacher heard the pupil, who said that they were teased.'
const tried = 'Report card since September, mentor every Monday, two meetings with Mum, a place in the nurture group from 2 November.'

function pupils(world: World) {
  return world.pupils.filter(({ urn }) => urn === 900001).map(({ pupilId }) => pupilId)
}

export function furnishExclusions(world: World): void {
  const [first, second, third, fourth, fifth, sixth, seventh] = pupils(world) as [string, string, string, string, string, string, string]
  addExclusion(world, 'exclusion-before', first, { startDate: '2026-10-05', halfDays: 6, reasons: ['DB'] }, {
    done: ['notify_parents', 'notify_local_authority', 'set_work', 'reintegration_meeting'].map(step => create(StepDoneSchema, { step, on: '2026-10-05', recordedBy: 'demo-tom-hargreaves', recordedAt: '2026-10-05T15:10:00Z' })),
  })
  addExclusion(world, 'exclusion-long', first, { startDate: '2026-11-23', halfDays: 12, reasons: ['PP', 'DB'], evidence, tried, provision: 'At the hub from day six; Mum has agreed.' }, {
    done: [create(StepDoneSchema, { step: 'notify_parents', on: '2026-11-23', atTime: '15:05', how: 'in_person', recordedBy: 'demo-tom-hargreaves', recordedAt: '2026-11-23T15:10:00Z' })],
  })
  const permanent = addExclusion(world, 'exclusion-permanent', second, { kind: Kind.PERMANENT, startDate: '2026-11-10', halfDays: 0, reasons: ['PA'], evidence, tried, hasSocialWorker: true })
  tell(world, permanent, { kind: 'deadline_moved', step: 'governors_consider_by', change: 'due: 1 December 2026 -> 2 December 2026', note: 'Friday 27 November became an INSET day.' })
  addExclusion(world, 'exclusion-declined', third, { kind: Kind.PERMANENT, startDate: '2026-10-14', halfDays: 0, reasons: ['DA'], evidence, tried }, {
    decisions: create(DecisionsSchema, { boardToldOn: '2026-10-14', boardMetOn: '2026-11-11', boardDecision: 'decline', decisionNoticeOn: '2026-11-12' }),
    done: ['notify_parents', 'notify_local_authority', 'set_work', 'provision_from', 'governors_consider_by'].map(step => create(StepDoneSchema, { step, on: '2026-10-14' })),
  })
  addExclusion(world, 'exclusion-lunch', fourth, { kind: Kind.LUNCHTIME, startDate: '2026-11-24', halfDays: 3, reasons: ['VP'] })
  addExclusion(world, 'exclusion-cancelled', fifth, { startDate: '2026-11-18', halfDays: 4, startSession: Session.PM }, { state: ExclusionState.CANCELLED, endedOn: '2026-11-19', endedReason: 'A witness came forward.' })
  addExclusion(world, 'exclusion-future', sixth, { startDate: '2026-11-25', halfDays: 3, reasons: ['TH'] })
  const words = create(LetterWordsSchema, { addressee: 'Ms J Ashdown\n1 High Street', sender: 'Tom Hargreaves\nDeputy head teacher', contact: 'The clerk to the governing board, clerk@example.org', ownWords: 'I am sorry that we have come to this.' })
  addLetter(world, 'letter-permanent', 'exclusion-permanent', words, 'demo-tom-hargreaves')
  furnishRisk(world)
  addDraft(world, 'draft-empty', seventh)
  addDraft(world, 'draft-ready', first, { kind: Kind.SUSPENSION, startDate: '2026-12-01', startSession: Session.AM, halfDays: 14, reasons: ['PP'], circumstancesAnswered: true, hasSocialWorker: true, evidence })
  addDraft(world, 'draft-refused', second, { kind: Kind.SUSPENSION, startDate: '2026-11-28', startSession: Session.AM, halfDays: 4, reasons: ['PP'], circumstancesAnswered: true })
  addDraft(world, 'draft-permanent', third, { kind: Kind.PERMANENT, startDate: '2026-11-24', reasons: ['PA'], circumstancesAnswered: true, evidence, tried })
}

const draft = (path: string) => `/exclusions/drafts/${path}`
const exclusion = (path: string) => `/exclusions/exclusion-${path}`

export const exclusionStops: Record<'school' | 'inclusion_officer' | 'manager', Stop[]> = {
  school: [
    { name: 'exclusions', path: '/exclusions' },
    { name: 'exclusions-list', path: '/exclusions/list?kind=suspension' },
    { name: 'exclusions-list-wrong', path: '/exclusions/list?start_from=2026-12-01&start_to=2026-11-01', status: 422 },
    { name: 'exclusions-drafts', path: '/exclusions/drafts' },
    { name: 'exclusions-discard', path: draft('draft-empty/discard') },
    { name: 'draft-kind', path: draft('draft-empty/kind') },
    { name: 'draft-dates', path: draft('draft-ready/dates') },
    { name: 'draft-reasons', path: draft('draft-ready/reasons') },
    { name: 'draft-circumstances', path: draft('draft-permanent/circumstances') },
    { name: 'draft-evidence', path: draft('draft-permanent/evidence') },
    { name: 'draft-meaning', path: draft('draft-ready/meaning') },
    { name: 'draft-refused', path: draft('draft-refused/meaning') },
    { name: 'draft-check', path: draft('draft-ready/check') },
    { name: 'exclusion-long', path: exclusion('long?from=/exclusions/list') },
    { name: 'exclusion-permanent', path: exclusion('permanent') },
    { name: 'exclusion-cancelled', path: exclusion('cancelled') },
    { name: 'exclusion-decided', path: exclusion('long/decided') },
    { name: 'exclusion-history', path: exclusion('permanent/history') },
    { name: 'letters', path: exclusion('permanent/letters') },
    { name: 'letter-new', path: exclusion('declined/letters/new/board_decision') },
    { name: 'letter', path: exclusion('permanent/letters/letter-permanent') },
    { name: 'letter-templates-not-allowed', path: '/exclusions/letters', status: 403 },
    { name: 'exclusion-change', path: exclusion('long/change') },
    { name: 'exclusion-cancel', path: exclusion('long/end/cancel') },
    { name: 'exclusion-withdraw', path: exclusion('long/end/withdraw') },
    { name: 'risk', path: '/exclusions/risk' },
    { name: 'risk-open', path: '/exclusions/risk/risk-open' },
    { name: 'risk-weights-not-allowed', path: '/exclusions/risk/weights', status: 403 },
    { name: 'trends', path: '/exclusions/trends?by=sex' },
    { name: 'trends-authority', path: '/exclusions/trends?where=authority' },
    { name: 'trend-cases', path: '/exclusions/trends/cases?year=202627&by=sex&value=F' },
    { name: 'exclusion-imports', path: '/exclusions/imports' },
    { name: 'exclusion-upload', path: '/exclusions/imports/new' },
  ],
  inclusion_officer: [
    { name: 'exclusions', path: '/exclusions' },
    { name: 'exclusions-late', path: '/exclusions?show=late' },
    { name: 'exclusions-list', path: '/exclusions/list' },
    { name: 'exclusion-declined', path: exclusion('declined') },
    { name: 'letter-invitation', path: exclusion('permanent/letters/new/board_invitation') },
    { name: 'letter-templates', path: '/exclusions/letters' },
    { name: 'letter-template', path: '/exclusions/letters/permanent_exclusion_notice' },
    { name: 'risk', path: '/exclusions/risk?state=all' },
    { name: 'risk-open', path: '/exclusions/risk/risk-open?from=/exclusions/risk' },
    { name: 'risk-decided', path: '/exclusions/risk/risk-decided' },
    { name: 'risk-lapsed', path: '/exclusions/risk/risk-lapsed' },
    { name: 'risk-weights', path: '/exclusions/risk/weights' },
    { name: 'risk-fairness', path: '/exclusions/risk/fairness' },
    { name: 'exclusion-step', path: exclusion('long/steps/notify_local_authority') },
    { name: 'exclusion-step-done', path: exclusion('long/steps/notify_parents') },
    { name: 'exclusion-board', path: exclusion('permanent/decisions/board') },
    { name: 'exclusion-review', path: exclusion('declined/decisions/review-applied') },
  ],
  manager: [
    { name: 'exclusions', path: '/exclusions' },
    { name: 'trends', path: '/exclusions/trends' },
    { name: 'risk-weights', path: '/exclusions/risk/weights' },
    { name: 'risk-draft', path: '/exclusions/risk/weights/draft' },
    { name: 'risk-rehearsal', path: '/exclusions/risk/weights/rehearsal' },
    { name: 'risk-switch-on', path: '/exclusions/risk/weights/switch-on' },
    { name: 'risk-fairness', path: '/exclusions/risk/fairness?weights=draft' },
    { name: 'risk-fairness-wrong', path: '/exclusions/risk/fairness?on=2027-01-01', status: 422 },
    { name: 'trends-reason', path: '/exclusions/trends?by=reason&show=count&period=term' },
    { name: 'trends-permanent', path: '/exclusions/trends?measure=permanent&by=school' },
    { name: 'trend-cases', path: '/exclusions/trends/cases?measure=permanent&year=202627&by=reason&value=PA' },
    { name: 'exclusion-permanent', path: exclusion('permanent') },
    { name: 'exclusion-decided', path: exclusion('permanent/decided') },
    { name: 'exclusion-not-allowed', path: exclusion('permanent/decisions/board'), status: 403 },
  ],
}
